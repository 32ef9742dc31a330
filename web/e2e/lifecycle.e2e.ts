import assert from 'node:assert/strict';
import { checkAccess, desk, phone, shoot, type Language, type Scheme } from './lib/stand.ts';
import { story } from './lib/story.ts';

story('the lifecycle of the customers: rules, stages, moves since last month, the people behind a stage', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  await page.goto(`${stand.url}/lifecycle`);
  await page.getByRole('button', { name: '규칙 바꾸기' }).click();
  await page.getByRole('dialog').getByLabel('신규로 보는 기간').fill('60');
  await shoot(page, 'lifecycle-rules-1440-ko-light', true);
  await checkAccess(page);
  await page.getByRole('button', { name: '저장하고 다시 계산하기' }).click();
  await page.getByRole('heading', { name: '달마다의 단계' }).waitFor({ timeout: 30_000 });
  await page.locator('figure svg path').first().waitFor();
  await shoot(page, 'lifecycle-1440-ko-light', true);
  await checkAccess(page);

  const tile = page.getByRole('link', { name: /^신규 구매고객|고가치 구매고객|저가치 구매고객/ }).first();
  const inside = Number(/([\d,]+)명/.exec(await tile.innerText())?.[1]?.replaceAll(',', ''));
  assert.ok(inside > 0, 'nobody in the first stage of buyers');
  await tile.click();
  await page.waitForURL(/segments\/new/);
  await page.waitForFunction((want) => document.querySelector('[role=status][aria-busy=false] strong')?.textContent === String(want), inside, { timeout: 30_000 });

  await page.goto(`${stand.url}/lifecycle`);
  await page.getByRole('row').getByRole('link').first().click();
  await page.waitForURL(/lifecycleBefore/);
});

for (const [language, width, scheme] of [['en', phone, 'dark'], ['en', desk, 'dark'], ['ko', phone, 'light']] as [Language, number, Scheme][]) {
  story(`the lifecycle in ${language} at ${width}, ${scheme}`, async (stand) => {
    const page = await stand.signedIn(language, width, scheme);
    await page.goto(`${stand.url}/lifecycle`);
    await page.locator('figure svg path').first().waitFor({ timeout: 60_000 }); // a new workspace's scores, and a machine that does other things
    await shoot(page, `lifecycle-${width}-${language}-${scheme}`, true);
    await page.locator('figure').scrollIntoViewIfNeeded();
    await shoot(page, `lifecycle-moves-${width}-${language}-${scheme}`);
    await page.getByRole('table').last().scrollIntoViewIfNeeded();
    await shoot(page, `lifecycle-months-${width}-${language}-${scheme}`);
    await checkAccess(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'the page scrolls sideways');
  });
}
