import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { checkAccess, desk, phone, shoot } from './lib/stand.ts';
import { story } from './lib/story.ts';

const file = (name: string) => join(import.meta.dirname, 'files', name);

async function drop(page: Page, kind: string, name: string): Promise<void> {
  await page.goto(`${new URL(page.url()).origin}/imports/new?kind=${kind}`);
  await page.locator('input[type=file]').setInputFiles(file(name));
  await page.waitForURL(/imports\/imp_/);
}

story('a list comes in: matched, checked, mended in the grid, brought in, seen on the customer, taken back', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  await drop(page, 'customers', 'customers.csv');
  await page.getByText('열 7개 가운데 6개를 알아봤어요').waitFor();
  await page.getByLabel('등급').selectOption({ label: '새 항목으로: 등급' });
  await shoot(page, 'import-match-1440-ko-light');
  await checkAccess(page);
  await page.getByRole('button', { name: '줄마다 확인하기' }).click();
  await page.getByText('1줄에 문제가 있어요').waitFor();
  await shoot(page, 'import-check-1440-ko-light');
  await checkAccess(page);
  const checked = page.url();

  await page.getByLabel('이메일, 1번째 문제 줄').fill('haeun.lee@example.com');
  await page.getByRole('button', { name: '고친 1줄 확인하기' }).click();
  await page.getByText('문제가 없어요').waitFor();
  await page.getByRole('button', { name: '1줄 가져오기' }).click();
  await page.getByText('고객 1명을 가져왔어요').waitFor();

  await page.goto(checked);
  await page.getByRole('button', { name: '4줄 가져오기' }).click();
  await page.getByText('고객 4명을 가져왔어요').waitFor();
  await shoot(page, 'import-result-1440-ko-light');
  await checkAccess(page);

  await drop(page, 'orders', 'orders.csv');
  await page.getByRole('button', { name: '줄마다 확인하기' }).click();
  await page.getByRole('button', { name: '3줄 가져오기' }).or(page.getByRole('button', { name: '4줄 가져오기' })).click();
  await page.getByText('주문 3줄을 가져왔어요').waitFor();

  await page.goto(`${stand.url}/customers?q=김민지`);
  await page.getByText('minji.kim@example.com').click();
  await page.getByRole('link', { name: '고객 페이지 열기' }).click();
  await page.getByText('남산 블렌드 200g').first().waitFor();
  assert.equal(await page.getByText('38,000원').count() > 0, true, 'the order is on the customer');
  await shoot(page, 'customer-1440-ko-light');
  await checkAccess(page);

  await page.goto(checked);
  await page.getByRole('button', { name: '되돌리기' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '되돌리기' }).click();
  await page.getByText('되돌렸어요.').waitFor();
  await page.goto(`${stand.url}/customers?q=정도윤`);
  await page.getByText('정도윤').first().waitFor();
  assert.equal(await page.getByText('doyun.jung@example.com').count(), 0, 'who was brought in is gone again');
});

story('a file that cannot be read says so, and takes another in its place', async (stand) => {
  const page = await stand.signedIn('en', phone, 'dark');
  await page.goto(`${stand.url}/imports/new`);
  await page.locator('input[type=file]').setInputFiles({ name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.from('') });
  await page.getByRole('alert').waitFor();
  await shoot(page, 'import-unread-390-en-dark');
  await checkAccess(page);
  await page.locator('input[type=file]').setInputFiles(file('customers.csv'));
  await page.getByText('6 of 7 columns were recognised').waitFor();
  await shoot(page, 'import-match-390-en-dark');
  await checkAccess(page);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'the page scrolls sideways');
  await page.getByRole('button', { name: 'Give up' }).click();
  await page.getByText('Nothing was brought in.').waitFor();
});
