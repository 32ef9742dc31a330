import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { cdnowShop } from './lib/shop.ts';
import { checkAccess, desk, phone, shoot, type Stand } from './lib/stand.ts';
import { story } from './lib/story.ts';

let shop: ReturnType<typeof cdnowShop> | undefined;

async function logIn(stand: Stand, page: Page): Promise<void> {
  shop ??= cdnowShop(stand.url, 'ko');
  const { email, password } = await shop;
  await page.goto(`${stand.url}/login`);
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(password);
  await page.locator('button[type=submit]').click();
  await page.locator('nav').first().waitFor();
}

/** The page scrolls inside its frame: a picture from each heading on, and one of the end. */
async function look(page: Page, name: string, headings: readonly string[]): Promise<void> {
  for (const [i, heading] of headings.entries()) {
    await page.getByRole('heading', { name: heading }).evaluate((element) => element.scrollIntoView({ block: 'start' }));
    await shoot(page, `${name}-${i + 1}`);
  }
  await page.locator('details').last().evaluate((element) => element.scrollIntoView({ block: 'end' }));
  await shoot(page, `${name}-end`);
}

story('the sample data is too little to forecast, and the page says so', async (stand) => {
  for (const [language, sentence] of [['ko', /구매 고객이 500명은 되어야 예측할 수 있어요/], ['en', /Forecasts take 500 customers who bought/]] as const) {
    const page = await stand.signedIn(language, desk);
    await page.goto(`${stand.url}/value`);
    await page.getByRole('button', { name: language === 'ko' ? '다시 계산하기' : 'Compute again' }).click();
    await page.getByRole('button', { name: language === 'ko' ? '계산 시작하기' : 'Start computing' }).click();
    await page.getByText(sentence).waitFor();
    await page.getByText(sentence).scrollIntoViewIfNeeded();
    await shoot(page, `forecasts-few-1440-${language}-light`);
    await checkAccess(page);
  }
});

story('a shop with enough orders: model card, its figures as a file, a customer, the settings', async (stand) => {
  const page = await stand.page('ko', desk);
  await logIn(stand, page);
  await page.goto(`${stand.url}/value`);
  await page.getByRole('button', { name: '다시 계산하기' }).click();
  await page.getByRole('dialog').getByLabel('기준일').fill('1998-06-30');
  await page.getByRole('button', { name: '계산 시작하기' }).click();
  await page.getByRole('heading', { name: '예상과 실제' }).waitFor();
  const curve = page.getByRole('figure').filter({ has: page.getByRole('heading', { name: '예상과 실제' }) });
  await page.getByText(/실제는 1,156건이었어요/).waitFor();
  const chosen = page.getByRole('row', { name: /BG\/NBD 쓰는 중/ });
  assert.equal(await chosen.getByRole('cell').nth(1).innerText(), '1,156');
  await curve.getByText('숫자로 보기').click();
  assert.equal(await page.getByRole('row', { name: /^1998-06-30/ }).count(), 1);
  await checkAccess(page);
  const [file] = await Promise.all([page.waitForEvent('download'), curve.getByRole('button', { name: 'CSV로 저장' }).click()]);
  const rows = readFileSync(await file.path(), 'utf8').trim().split('\r\n');
  assert.equal(rows.length, 79, 'a head and 78 weeks');
  assert.match(rows.at(-1) ?? '', /^1998-06-30,4339,\d+(\.\d+)?$/);
  await curve.getByText('숫자로 보기').click();
  await look(page, 'forecasts-1440-ko-light', ['예측과 모델 카드', '예상과 실제']);

  await page.goto(`${stand.url}/customers?q=${encodeURIComponent('고객 00004')}`);
  await page.getByRole('row', { name: /고객 00004/ }).click();
  await page.getByRole('link', { name: '고객 페이지 열기' }).click();
  await page.getByText('이탈 위험').first().waitFor();
  await shoot(page, 'forecasts-customer-1440-ko-light');
  await checkAccess(page);

  await page.goto(`${stand.url}/settings?q=${encodeURIComponent('마진')}`);
  await page.getByRole('button', { name: /마진.*100%/ }).click();
  await page.getByLabel('마진', { exact: true }).fill('0');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await page.getByLabel('마진', { exact: true }).fill('35 %');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /마진.*35%/ }).waitFor();
  await shoot(page, 'forecasts-settings-1440-ko-light');
  await checkAccess(page);
});

for (const [language, width, scheme] of [['en', desk, 'dark'], ['en', phone, 'light'], ['ko', phone, 'dark']] as const) {
  story(`the model card in ${language} at ${width}, ${scheme}`, async (stand) => {
    const page = await stand.page(language, width, scheme);
    await logIn(stand, page);
    await page.goto(`${stand.url}/value`);
    await page.getByRole('heading', { name: language === 'ko' ? '예상과 실제' : 'Foretold and real' }).waitFor();
    await look(page, `forecasts-${width}-${language}-${scheme}`, language === 'ko' ? ['예측과 모델 카드', '예상과 실제'] : ['Forecasts: the model card', 'Foretold and real']);
    await checkAccess(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'the page scrolls sideways');
  });
}
