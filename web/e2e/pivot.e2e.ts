import assert from 'node:assert/strict';
import { checkAccess, desk, phone, shoot } from './lib/stand.ts';
import { story } from './lib/story.ts';

story('revenue by group and month: measures, rows, a figure as a segment, the address', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  await page.goto(`${stand.url}/value`);
  await page.getByRole('link', { name: '그룹별 매출' }).click();
  await page.getByRole('heading', { name: '그룹과 달로 본 매출', level: 1 }).waitFor();
  const table = page.getByRole('table');
  await table.waitFor();
  await shoot(page, 'pivot-1440-ko-light', true);
  await checkAccess(page);

  await page.getByLabel('행').selectOption({ label: '고객 분류' });
  await table.getByRole('columnheader', { name: '고객 분류' }).waitFor();
  await table.getByRole('rowheader', { name: '개인' }).waitFor();
  await page.getByText('구매 고객', { exact: true }).click();
  await page.getByLabel('열').selectOption({ label: '해' });
  assert.match(page.url(), /measure=buyers/);
  assert.match(page.url(), /columns=year/);
  const figure = table.locator('tfoot').getByRole('link').last();
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null);
  const buyers = Number(/구매 고객 ([\d,]+)명/.exec(await figure.innerText())?.[1]?.replaceAll(',', ''));
  assert.ok(buyers > 0, 'nobody bought');
  await figure.click();
  await page.waitForURL(/segments\/new/);
  await page.waitForFunction((want) => document.querySelector('[role=status][aria-busy=false] strong')?.textContent?.replaceAll(',', '') === String(want), buyers);
  await page.goBack();
  await table.getByRole('rowheader', { name: '개인' }).waitFor();
});

story('a pivot on a phone, in the dark, in English', async (stand) => {
  const page = await stand.signedIn('en', phone, 'dark');
  await page.goto(`${stand.url}/value/pivot?rows=customer.tags&measure=orders`);
  await page.getByRole('table').waitFor();
  await shoot(page, 'pivot-390-en-dark', true);
  await checkAccess(page);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'the page scrolls sideways');
  await page.goto(`${stand.url}/value/pivot?rows=customer.email`);
  await page.getByRole('alert').waitFor();
  await shoot(page, 'pivot-refused-390-en-dark');
});
