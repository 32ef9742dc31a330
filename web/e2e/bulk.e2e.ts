import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { checkAccess, desk, phone, shoot } from './lib/stand.ts';
import { story } from './lib/story.ts';

/** Waits until the sample is in: the list loads more than it shows, and counts all. */
async function wholeList(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/customers`);
  await page.locator('[data-row="49"]').waitFor();
}

story('all customers of a list get a tag, and it is taken back from the note', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  await wholeList(page, stand.url);
  await page.getByRole('checkbox', { name: '모두 선택' }).check();
  const offer = page.getByRole('button', { name: /^이 보기의 [\d,]+개 모두 선택$/ });
  const all = /[\d,]+/.exec(await offer.innerText())?.[0] ?? '';
  await shoot(page, 'bulk-offer-1440-ko-light');
  await checkAccess(page);
  await offer.click();
  await page.getByRole('button', { name: `${all}명 바꾸기` }).click();
  await page.getByRole('menuitem', { name: '태그 붙이기' }).waitFor();
  await shoot(page, 'bulk-menu-1440-ko-light');
  await page.getByRole('menuitem', { name: '태그 붙이기' }).click();
  await page.getByRole('dialog').getByLabel('태그', { exact: true }).fill('봄맞이');
  await page.keyboard.press('Enter');
  await shoot(page, 'bulk-dialog-1440-ko-light');
  await checkAccess(page);
  await page.getByRole('button', { name: `${all}명에게 태그 붙이기` }).click();
  await page.getByText(`고객 ${all}명을 바꿨어요.`).waitFor({ timeout: 30_000 });
  await page.locator('[data-row="0"] [title*="봄맞이"]').waitFor();
  await shoot(page, 'bulk-ended-1440-ko-light');
  assert.equal(await page.getByRole('region', { name: '선택한 항목' }).count(), 0, 'nobody is chosen any more');
  await page.getByRole('button', { name: '되돌리기' }).click();
  await page.getByText(`고객 ${all}명을 되돌렸어요.`).waitFor({ timeout: 30_000 });
  await page.locator('[data-row="0"] [title*="봄맞이"]').waitFor({ state: 'detached' });
});

story('on a phone everybody whom a search finds is archived, and the drawer says who was left and brings them back', async (stand) => {
  const page = await stand.signedIn('en', phone, 'dark');
  await wholeList(page, stand.url);
  await page.locator('[data-row="0"]').getByRole('checkbox').check();
  const offer = page.getByRole('button', { name: /^Select all [\d,]+ in this view$/ });
  const all = /[\d,]+/.exec(await offer.innerText())?.[0] ?? '';
  await shoot(page, 'bulk-offer-390-en-dark');
  await checkAccess(page);
  const bar = await page.getByRole('region', { name: 'Selected rows' }).boundingBox();
  assert.ok(bar && bar.x >= 0 && bar.x + bar.width <= phone && bar.height < 100, `the bar stands in the screen, in two lines: ${JSON.stringify(bar)}`);
  await offer.click();
  await page.getByRole('button', { name: `Change ${all}` }).click();
  await page.getByRole('menuitem', { name: 'Archive' }).click();
  await page.getByText('They leave lists').waitFor();
  await shoot(page, 'bulk-archive-390-en-dark');
  await checkAccess(page);
  await page.getByRole('button', { name: `Archive ${all} customers` }).click();
  await page.getByText(`${all} customers were changed.`).waitFor({ timeout: 30_000 });
  await page.getByText('No customers yet').waitFor();
  await page.getByRole('button', { name: /^Jobs/ }).click();
  await page.getByText(`Changed ${all} · as before 0 · failed 0`).waitFor();
  await shoot(page, 'bulk-drawer-390-en-dark');
  await checkAccess(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Undo' }).click();
  await page.getByText(`Restored ${all} · kept, changed since 0`).waitFor({ timeout: 30_000 });
  await page.getByRole('dialog', { name: 'Jobs' }).getByRole('button', { name: 'Close' }).click();
  await page.locator('[data-row="0"]').waitFor();
});

story('in the other colours the bar, the dialog and the drawer stand as well', async (stand) => {
  for (const [language, width, scheme] of [['ko', phone, 'light'], ['en', desk, 'dark']] as const) {
    const page = await stand.signedIn(language, width, scheme);
    await wholeList(page, stand.url);
    for (const row of [0, 1, 2]) await page.locator(`[data-row="${row}"]`).getByRole('checkbox').check();
    await shoot(page, `bulk-bar-${width}-${language}-${scheme}`);
    await page.getByRole('button', { name: language === 'ko' ? '3명 바꾸기' : 'Change 3' }).click();
    await page.getByRole('menuitem', { name: language === 'ko' ? '단계 정하기' : 'Set the stage' }).click();
    await page.getByRole('dialog').getByLabel(language === 'ko' ? '라이프사이클 단계' : 'Lifecycle stage').fill('가'.repeat(41));
    await page.getByRole('button', { name: language === 'ko' ? '3명의 단계 바꾸기' : 'Set for 3 customers' }).click();
    await page.getByText(language === 'ko' ? /40자/ : /40 char/).waitFor();
    await shoot(page, `bulk-refused-${width}-${language}-${scheme}`);
    await checkAccess(page);
    await page.getByRole('dialog').getByLabel(language === 'ko' ? '라이프사이클 단계' : 'Lifecycle stage').fill('단골');
    await page.getByRole('button', { name: language === 'ko' ? '3명의 단계 바꾸기' : 'Set for 3 customers' }).click();
    await page.getByText(language === 'ko' ? '고객 3명을 바꿨어요.' : '3 customers were changed.').waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: language === 'ko' ? /^작업/ : /^Jobs/ }).click();
    await page.getByText(language === 'ko' ? '바꿈 3 · 그대로 0 · 실패 0' : 'Changed 3 · as before 0 · failed 0').waitFor();
    await shoot(page, `bulk-drawer-${width}-${language}-${scheme}`);
    await page.context().close();
  }
});
