import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { makeRecords } from './lib/records.ts';
import { checkAccess, desk, phone, shoot } from './lib/stand.ts';
import { story } from './lib/story.ts';

const plans = [
  { name: '가을 원두 할인', channel: 'email', department: '마케팅', budget: { amount: '300000', currency: 'KRW' } },
  { name: '오랫동안 오지 않으신 우리 동네 단골손님들을 다시 모시는 아주 특별한 겨울 감사 행사', channel: 'sms', department: '영업' },
  { name: 'Black Friday', channel: 'email' },
  { name: 'Christmas', channel: 'letter', type: 'open' },
];
const planned = (page: Page) => makeRecords(page, '/v1/campaigns', plans);

story('campaigns are searched, narrowed, counted, sorted and kept as a view', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  await planned(page);
  await page.goto(`${stand.url}/campaigns`);
  await page.locator('[data-row="3"]').waitFor();
  await shoot(page, 'campaigns-list-1440-ko-light');
  await checkAccess(page);

  await page.getByRole('button', { name: '조건 더하기' }).click();
  await page.getByRole('dialog').locator('select').first().selectOption('campaign.channel');
  await page.getByRole('dialog').locator('select').last().selectOption('email');
  await shoot(page, 'campaigns-filter-1440-ko-light');
  await checkAccess(page);
  await page.getByRole('button', { name: '적용하기' }).click();
  await page.waitForURL(/filter=channel/);
  await page.waitForFunction(() => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') === '2', undefined, { timeout: 30_000 });

  await page.getByLabel('나누어 세기').selectOption('department');
  await page.getByRole('list', { name: /나누어 센 캠페인 수/ }).getByRole('button', { name: /마케팅/ }).waitFor();
  await shoot(page, 'campaigns-groups-1440-ko-light');
  await checkAccess(page);
  await page.getByRole('columnheader', { name: /이름/ }).getByRole('button').click();
  await page.waitForURL(/sort=name/);
  await page.getByRole('button', { name: '보기 저장하기와 지우기' }).click();
  await page.getByRole('menuitem').first().click();
  await page.getByRole('dialog').getByRole('textbox').fill('메일로 보내는 것');
  await page.getByRole('dialog').locator('button[type=submit]').click();
  await page.getByRole('button', { name: '메일로 보내는 것', pressed: true }).waitFor();

  await page.goto(`${stand.url}/campaigns?q=ㅎㅇ`);
  await page.locator('[data-row="0"]').getByText('가을 원두 할인').waitFor({ timeout: 30_000 });
  assert.equal(await page.locator('[data-row="1"]').count(), 0, 'initial consonants found others');
});

for (const [language, width, scheme] of [['en', desk, 'dark'], ['ko', phone, 'dark'], ['en', phone, 'light']] as const) {
  story(`the list of campaigns in ${language} at ${width} px, ${scheme}`, async (stand) => {
    const page = await stand.signedIn(language, width, scheme);
    await planned(page);
    await page.goto(`${stand.url}/campaigns?by=channel`);
    await page.locator('[data-row="3"]').waitFor();
    await page.locator('ul[aria-busy="false"] button').first().waitFor({ timeout: 30_000 });
    await shoot(page, `campaigns-list-${width}-${language}-${scheme}`);
    await checkAccess(page);
    await page.goto(`${stand.url}/campaigns?q=nothing-at-all`);
    await page.getByText(language === 'ko' ? '조건에 맞는 캠페인이 없어요' : 'No campaign meets these conditions').waitFor();
    await shoot(page, `campaigns-none-${width}-${language}-${scheme}`);
    await checkAccess(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'the page scrolls sideways');
    await page.context().close();
  });
}
