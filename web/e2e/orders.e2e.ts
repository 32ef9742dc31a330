import assert from 'node:assert/strict';
import { checkAccess, desk, phone, shoot } from './lib/stand.ts';
import { story } from './lib/story.ts';

story('orders are searched, narrowed by a condition over the customer, counted, kept as a view and opened', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  await page.goto(`${stand.url}/orders`);
  await page.locator('[data-row="1"]').waitFor();
  await shoot(page, 'orders-1440-ko-light');
  await checkAccess(page);
  const total = Number((await page.getByRole('grid').getAttribute('aria-rowcount')) ?? '0');
  assert.ok(total > 1, `the sample data has ${total} orders`);

  await page.getByRole('button', { name: '조건 더하기' }).click();
  await page.getByLabel('항목').selectOption('order.total');
  await page.getByRole('dialog').getByRole('textbox').or(page.getByRole('dialog').getByRole('spinbutton')).first().fill('1');
  await shoot(page, 'orders-filter-1440-ko-light');
  await checkAccess(page);
  await page.getByRole('button', { name: '적용하기' }).click();
  await page.waitForURL(/filter=total/);
  await page.locator('[data-row="0"]').waitFor();

  await page.getByLabel('나누어 세기').selectOption('channel');
  await page.getByRole('list', { name: /나누어 센 주문 수/ }).getByRole('button').first().waitFor();
  await shoot(page, 'orders-groups-1440-ko-light');
  await checkAccess(page);

  await page.getByRole('columnheader', { name: /금액/ }).getByRole('button').click();
  await page.waitForURL(/sort=total/);
  await page.getByRole('button', { name: '보기 저장하기와 지우기' }).click();
  await page.getByRole('menuitem').first().click();
  await page.getByRole('dialog').getByRole('textbox').fill('큰 주문');
  await page.getByRole('dialog').locator('button[type=submit]').click();
  await page.getByRole('button', { name: '큰 주문', pressed: true }).waitFor();

  await page.locator('[data-row="0"]').focus();
  await page.keyboard.press('Enter');
  await page.locator('aside').getByRole('link', { name: '고객 보기' }).waitFor();
  await shoot(page, 'orders-open-1440-ko-light');
  await checkAccess(page);
});

for (const [language, width, scheme] of [['en', desk, 'dark'], ['ko', phone, 'dark'], ['en', phone, 'light']] as const) {
  story(`orders in ${language} at ${width} px, ${scheme}`, async (stand) => {
    const page = await stand.signedIn(language, width, scheme);
    await page.goto(`${stand.url}/orders?by=product`);
    await page.locator('[data-row="1"]').waitFor();
    await page.locator('ul[aria-busy="false"] button').first().waitFor();
    await shoot(page, `orders-${width}-${language}-${scheme}`);
    await checkAccess(page);
    await page.goto(`${stand.url}/orders?q=nobody-at-all`);
    await page.getByText(language === 'ko' ? '조건에 맞는 주문이 없어요' : 'No order meets these conditions').waitFor();
    await checkAccess(page);
    await page.context().close();
  });
}
