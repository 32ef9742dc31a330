import assert from 'node:assert/strict';
import { checkAccess, desk, phone, shoot } from './lib/stand.ts';
import { story } from './lib/story.ts';

story('the value of the customers: grid, pyramid, a cell as a segment, an earlier day, not enough data', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  await page.goto(`${stand.url}/value`);
  await page.getByRole('button', { name: '다시 계산하기' }).click();
  await checkAccess(page);
  await page.getByRole('button', { name: '계산 시작하기' }).click();
  await page.getByRole('heading', { name: '최근성과 빈도' }).waitFor();
  await shoot(page, 'value-1440-ko-light', true);
  await checkAccess(page);
  const cell = page.getByRole('link', { name: /^최근성 5, 빈도 5/ });
  const inside = Number(/: (\d+)명/.exec(await cell.innerText())?.[1]);
  assert.ok(inside > 0, 'nobody in the best cell');
  await cell.click();
  await page.waitForURL(/segments\/new/);
  await page.waitForFunction((want) => document.querySelector('[role=status][aria-busy=false] strong')?.textContent === String(want), inside);
  await page.getByRole('button', { name: '저장하기' }).click();
  assert.equal(await page.getByRole('dialog').getByLabel('이름').inputValue(), '최근성 5 · 빈도 5 고객');

  await page.goto(`${stand.url}/value`);
  await page.getByRole('button', { name: '다시 계산하기' }).click();
  await page.getByRole('dialog').getByLabel('기준일').fill('2019-12-31');
  await page.getByRole('button', { name: '계산 시작하기' }).click();
  await page.getByText('아직 데이터가 부족해요').waitFor();
  await shoot(page, 'value-few-1440-ko-light');
  await checkAccess(page);
  await page.getByLabel('기준일').selectOption({ index: 0 });
  await page.getByRole('heading', { name: '최근성과 빈도' }).waitFor();
});

story('value on a phone, in the dark, in English', async (stand) => {
  const page = await stand.signedIn('en', phone, 'dark');
  await page.goto(`${stand.url}/value`);
  await page.getByRole('heading', { name: 'Recency by frequency' }).waitFor();
  await shoot(page, 'value-390-en-dark', true);
  await checkAccess(page);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'the page scrolls sideways');
});
