import assert from 'node:assert/strict';
import { checkAccess, desk, phone, shoot } from './lib/stand.ts';
import { story } from './lib/story.ts';

story('a customer is added, found, changed in place, noted, asked for consent and archived', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  await page.goto(`${stand.url}/customers`);
  await page.getByRole('button', { name: '고객 추가하기' }).click();
  await page.getByRole('button', { name: '추가하기', exact: true }).click();
  await page.getByText('하나는 적어 주세요').waitFor();
  await page.getByRole('dialog').getByLabel('이름').fill('남궁여의주');
  await page.getByRole('dialog').getByLabel('이메일').fill('yeouiju@example.com');
  await checkAccess(page);
  await page.getByRole('button', { name: '추가하기', exact: true }).click();
  await page.getByRole('link', { name: '고객 페이지 열기' }).click();
  await page.getByRole('heading', { level: 1, name: '남궁여의주' }).waitFor();

  await page.getByRole('button', { name: /^휴대폰/ }).click();
  await page.keyboard.type('010-12');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('010-1234-5678');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: '휴대폰: 010-1234-5678, 고치기' }).waitFor();

  await page.getByLabel('기억할 것을 적어 두세요').fill('창가 자리를 좋아해요');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('listitem').getByText('창가 자리를 좋아해요').waitFor();
  await page.getByRole('button', { name: '동의 기록', exact: true }).click();
  await page.getByLabel('어디에서 말했나요?').fill('매장');
  await checkAccess(page);
  await page.getByRole('button', { name: '기록하기' }).click();
  await page.getByText('동의함').waitFor();
  await shoot(page, 'customer-new-1440-ko-light');
  await checkAccess(page);

  await page.getByRole('button', { name: '고객 보관하기' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '고객 보관하기' }).click();
  await page.waitForURL('**/customers');
  await page.goto(`${stand.url}/customers?q=남궁`);
  await page.getByText('찾은 고객이 없어요').waitFor();
  await checkAccess(page);
});

story('someone who is here already is named while typing, and the keyboard walks the list', async (stand) => {
  const page = await stand.signedIn('en', desk, 'dark');
  await page.goto(`${stand.url}/customers`);
  await page.locator('[data-row="1"]').waitFor();
  const email = await page.locator('[data-row="1"] td').nth(4).innerText();
  await page.locator('[data-row="0"]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('aside').getByText(email).first().waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.waitForFunction(() => document.querySelector('[data-row="2"]')?.getAttribute('aria-current') === 'true');
  await shoot(page, 'customers-open-1440-en-dark');
  await checkAccess(page);
  await page.getByRole('button', { name: 'Add customer' }).click();
  await page.getByRole('dialog').getByLabel('E-mail').fill(email);
  await page.getByText('This customer is already here:').waitFor();
});

story('somebody else was faster: the field shows what is there now and lets one choose', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  await page.goto(`${stand.url}/customers`);
  await page.locator('[data-row="0"]').click();
  await page.getByRole('link', { name: '고객 페이지 열기' }).click();
  await page.getByLabel('기억할 것을 적어 두세요').waitFor();
  const other = await page.context().newPage();
  await other.goto(page.url());
  await other.getByRole('button', { name: /^이름/ }).click();
  await other.keyboard.type('먼저 고친 이름');
  await other.keyboard.press('Enter');
  await other.getByRole('heading', { level: 1, name: '먼저 고친 이름' }).waitFor();
  await other.close();
  await page.getByRole('button', { name: /^이름/ }).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('나중에 고친 이름');
  await page.keyboard.press('Enter');
  await page.getByText(/그사이 다른 곳에서 바뀌었어요/).waitFor();
  await checkAccess(page);
  await page.getByRole('button', { name: '내가 쓴 값으로 저장' }).click();
  await page.getByRole('heading', { level: 1, name: '나중에 고친 이름' }).waitFor();
});

story('a lead is added on a phone, followed up and becomes a customer', async (stand) => {
  const page = await stand.signedIn('ko', phone, 'dark');
  await page.goto(`${stand.url}/leads`);
  await page.getByRole('button', { name: '리드 추가하기' }).first().click();
  await page.getByRole('textbox', { name: '이름', exact: true }).fill('한서연');
  await page.getByLabel('알게 된 경로').fill('인스타그램');
  await page.getByRole('dialog').getByRole('button', { name: '리드 추가하기' }).click();
  await page.locator('aside').getByLabel('상태').selectOption('qualified');
  await page.locator('aside').getByText('유망').first().waitFor();
  await shoot(page, 'lead-390-ko-dark');
  await checkAccess(page);
  await page.getByRole('button', { name: '고객으로 전환하기' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '고객으로 전환하기' }).click();
  await page.waitForURL('**/customers/cus_*');
  await page.getByText('리드에서 고객으로 전환').waitFor();
  await page.getByText('인스타그램').waitFor();
  await shoot(page, 'customer-390-ko-dark');
  await checkAccess(page);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'the page scrolls sideways');
});
