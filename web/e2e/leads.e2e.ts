import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { makeRecords } from './lib/records.ts';
import { checkAccess, desk, phone, shoot } from './lib/stand.ts';
import { story } from './lib/story.ts';

const people = [
  { name: '한서연', company: '새벽커피', email: 'han@example.kr', source: '인스타그램', status: 'new' },
  { name: '남궁여의주알렉산드라김', company: '주식회사 아름다운 우리동네 단골손님 커피로스터스', phone: '010-1234-5678', source: '도서전', status: 'working' },
  { company: 'Moon Trading', email: 'moon@example.com', source: '인스타그램', status: 'working' },
  { name: 'Anna Kim', email: 'anna@example.com', source: 'Web', status: 'lost' },
];

/** Leads that came by the API, as from a form on a site. */
const come = (page: Page) => makeRecords(page, '/v1/leads', people);

story('leads are searched, narrowed, counted, sorted and kept as a view', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  await come(page);
  await page.goto(`${stand.url}/leads`);
  await page.locator('[data-row="3"]').waitFor();
  await shoot(page, 'leads-1440-ko-light');
  await checkAccess(page);

  await page.getByRole('button', { name: '조건 더하기' }).click();
  await page.getByRole('dialog').locator('select').last().selectOption('working');
  await shoot(page, 'leads-filter-1440-ko-light');
  await checkAccess(page);
  await page.getByRole('button', { name: '적용하기' }).click();
  await page.waitForURL(/filter=status/);
  await page.waitForFunction(() => document.querySelector('[role=grid]')?.getAttribute('aria-rowcount') === '2', undefined, { timeout: 30_000 });

  await page.getByLabel('나누어 세기').selectOption('source');
  await page.getByRole('list', { name: /나누어 센 리드 수/ }).getByRole('button', { name: /도서전/ }).waitFor();
  await shoot(page, 'leads-groups-1440-ko-light');
  await checkAccess(page);
  await page.getByRole('columnheader', { name: /이름/ }).getByRole('button').click();
  await page.waitForURL(/sort=name/);
  await page.getByRole('button', { name: '보기 저장하기와 지우기' }).click();
  await page.getByRole('menuitem').first().click();
  await page.getByRole('dialog').getByRole('textbox').fill('연락 중인 사람');
  await page.getByRole('dialog').locator('button[type=submit]').click();
  await page.getByRole('button', { name: '연락 중인 사람', pressed: true }).waitFor();

  await page.goto(`${stand.url}/leads?q=ㅎㅅㅇ`);
  await page.locator('[data-row="0"]').getByText('한서연').waitFor({ timeout: 30_000 });
  assert.equal(await page.locator('[data-row="1"]').count(), 0, 'initial consonants found others');
});

for (const [language, width, scheme] of [['en', desk, 'dark'], ['ko', phone, 'dark'], ['en', phone, 'light']] as const) {
  story(`leads in ${language} at ${width} px, ${scheme}`, async (stand) => {
    const page = await stand.signedIn(language, width, scheme);
    await come(page);
    await page.goto(`${stand.url}/leads?by=status`);
    await page.locator('[data-row="3"]').waitFor();
    await page.locator('ul[aria-busy="false"] button').first().waitFor({ timeout: 30_000 });
    await shoot(page, `leads-${width}-${language}-${scheme}`);
    await checkAccess(page);
    await page.goto(`${stand.url}/leads?q=nobody-at-all`);
    await page.getByText(language === 'ko' ? '조건에 맞는 리드가 없어요' : 'No lead meets these conditions').waitFor();
    await shoot(page, `leads-none-${width}-${language}-${scheme}`);
    await checkAccess(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'the page scrolls sideways');
    await page.context().close();
  });
}
