import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { checkAccess, desk, phone, shoot } from './lib/stand.ts';
import { story } from './lib/story.ts';

/** Adds a condition without the pointer: the menu opens by Enter and is walked by arrows until the wanted line has the focus. */
async function addByKeys(page: Page, kind: string): Promise<void> {
  await page.getByRole('button', { name: /조건 더하기|Add a condition/ }).last().focus();
  await page.keyboard.press('Enter');
  const wanted = page.getByRole('menu').getByRole('menuitem', { name: kind, exact: true });
  await wanted.waitFor();
  for (let i = 0; i < 20 && !await wanted.evaluate((line) => line === document.activeElement); i += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('menu').waitFor({ state: 'detached' });
}

const counted = (page: Page) => page.waitForFunction(() => document.querySelector('[role=status][aria-busy=false] strong')?.textContent?.match(/\d/));

story('a rule is built by keyboard, counted while typing, explained for who is missing, saved, listed and downloaded', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  await page.goto(`${stand.url}/segments`);
  await page.getByText('요즘 자주 오는 손님').waitFor();
  await shoot(page, 'segments-1440-ko-light');
  await checkAccess(page);
  await page.getByRole('link', { name: '세그먼트 만들기' }).click();
  await page.getByText('지금은 모든 고객이에요').waitFor();
  await counted(page);
  assert.match(await page.getByRole('status').filter({ hasText: '구매 금액' }).innerText(), /60/);

  await addByKeys(page, '고객 정보');
  await page.keyboard.press('Tab');
  await page.keyboard.type('서울');
  await page.getByText('조건마다 이렇게 줄어요').waitFor({ state: 'detached' });
  await page.getByLabel('항목', { exact: true }).selectOption({ label: '시군구' });
  await page.getByLabel('값', { exact: true }).fill('서울');
  await addByKeys(page, '주문 건수');
  await page.getByText('조건마다 이렇게 줄어요').waitFor();
  await page.getByText("시군구가 '서울'").waitFor();

  await page.getByPlaceholder('이름, 이메일, 휴대폰').fill('김');
  const options = page.locator('[role=listbox] [role=option]');
  await options.first().waitFor();
  for (let i = 0; i < await options.count(); i += 1) {
    await options.nth(i).click();
    await page.getByText(/님은 이 세그먼트에 있어요|님은 빠졌어요/).waitFor();
    if (await page.getByText('님은 빠졌어요').count() > 0) break;
    await page.getByPlaceholder('이름, 이메일, 휴대폰').fill('김');
    await options.first().waitFor();
  }
  await page.getByText('찾은 고객이 이 조건에서 빠졌어요').waitFor();
  await shoot(page, 'segment-missing-1440-ko-light', true);
  await checkAccess(page);

  await page.getByRole('button', { name: '저장하기' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '저장하기' }).click();
  await page.getByText('이름을 적어 주세요').waitFor();
  await page.getByRole('dialog').getByLabel('이름').fill('서울에서 석 달 안에 오신 손님 가운데 원두를 사 가신 분들');
  await page.getByLabel('파일로 내보내기').selectOption('weekly');
  await checkAccess(page);
  await page.getByRole('dialog').getByRole('button', { name: '저장하기' }).click();
  await page.waitForURL(/segments\/seg_/);
  await page.getByRole('button', { name: '고객', exact: true }).click();
  await page.locator('[data-row="0"]').waitFor();
  await shoot(page, 'segment-members-1440-ko-light');
  await checkAccess(page);
  await page.getByRole('button', { name: '파일로 받기' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '결과 파일 받기' }).first().waitFor();
});

story('a condition moves into a group and out again; a rule that cannot be counted says what is kept', async (stand) => {
  const page = await stand.signedIn('en', phone, 'dark');
  await page.goto(`${stand.url}/segments`);
  await page.getByText('Worth winning back').click();
  await page.getByText('Only some orders?').first().waitFor();
  await counted(page);
  await shoot(page, 'segment-390-en-dark', true);
  await checkAccess(page);
  const inGroup = () => page.getByRole('group', { name: 'Customers who meet none of these' }).getByRole('button', { name: 'Remove the condition' }).count();
  const before = await inGroup();
  await page.getByRole('button', { name: 'Move or copy the condition' }).first().click();
  await page.getByRole('menuitem', { name: 'Move down' }).click();
  assert.equal(await inGroup(), before + 1);
  await page.route('**/v1/segments/preview', (route) => route.fulfill({ status: 422, contentType: 'application/problem+json', body: '{"status":422,"code":"validation_failed","detail":"This rule cannot be read."}' }));
  await page.getByLabel('Value', { exact: true }).first().fill('7');
  await page.getByText('This rule cannot be read.').waitFor();
  await page.getByText('The rule is kept.').waitFor();
  await checkAccess(page);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'the page scrolls sideways');
});
