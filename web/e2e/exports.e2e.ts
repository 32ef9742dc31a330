import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { checkAccess, desk, phone, shoot } from './lib/stand.ts';
import { story } from './lib/story.ts';

story('what the list of orders finds is downloaded as a file', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  await page.goto(`${stand.url}/orders?filter=total%20gt%201&sort=total`);
  await page.locator('[data-row="1"]').waitFor();
  const total = Number((await page.getByRole('grid').getAttribute('aria-rowcount')) ?? '0');
  await page.getByRole('button', { name: '내보내기' }).click();
  await page.getByRole('menuitem', { name: 'CSV' }).waitFor();
  await shoot(page, 'exports-menu-1440-ko-light');
  await page.getByRole('menuitem', { name: 'CSV' }).click();

  const drawer = page.getByRole('dialog');
  await drawer.getByText('목록 내보내기').waitFor();
  await drawer.getByRole('button', { name: '결과 파일 받기' }).first().waitFor();
  await shoot(page, 'exports-done-1440-ko-light');
  await checkAccess(page);
  const [file] = await Promise.all([page.waitForEvent('download'), drawer.getByRole('button', { name: '결과 파일 받기' }).first().click()]);
  assert.match(file.suggestedFilename(), /^주문 .*\.csv$/);
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\r\n');
  assert.equal(lines.length, total + 1, 'a row for each order that the list counts');
  assert.match(lines[0] ?? '', /externalId,orderedAt,customerId,customerExternalId,customerName,products,total,currency/);
});

for (const [place, language, width, scheme] of [['customers', 'en', desk, 'dark'], ['customers', 'ko', phone, 'light'], ['orders', 'en', phone, 'dark'], ['customers', 'ko', desk, 'light']] as const) {
  story(`the export of ${place} in ${language} at ${width} px, ${scheme}`, async (stand) => {
    const page = await stand.signedIn(language, width, scheme);
    await page.goto(`${stand.url}/${place}`);
    await page.locator('[data-row="1"]').waitFor();
    await shoot(page, `exports-${place}-${width}-${language}-${scheme}`);
    await page.getByRole('button', { name: language === 'ko' ? '내보내기' : 'Export' }).click();
    await page.getByRole('menuitem', { name: 'CSV' }).waitFor();
    await shoot(page, `exports-${place}-menu-${width}-${language}-${scheme}`);
    await page.keyboard.press('Escape');
    await checkAccess(page);
    await page.goto(`${stand.url}/${place}?q=nobody-at-all`);
    await page.getByRole('button', { name: language === 'ko' ? '내보내기' : 'Export' }).and(page.locator(':disabled')).waitFor();
    await page.context().close();
  });
}
