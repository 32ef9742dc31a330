import assert from 'node:assert/strict';
import { checkAccess, desk, phone, shoot } from './lib/stand.ts';
import { story } from './lib/story.ts';

story('sign-up asks three things, helps with the password and opens the workspace', async (stand) => {
  const page = await stand.page('ko', phone);
  await page.goto(`${stand.url}/signup`);
  await page.locator('form').waitFor();
  assert.equal(await page.locator('form input').count(), 3);
  await page.locator('button[type=submit]').click();
  assert.equal(await page.evaluate(() => (document.activeElement as HTMLInputElement).name), 'email');
  await shoot(page, 'signup-390-ko-errors');
  await page.locator('input[name=email]').fill(`owner.${Date.now()}@shop.kr`);
  await page.locator('input[name=password]').fill('고래가 셋 blue whale');
  assert.equal(await page.locator('li[data-met]').count(), 3);
  await page.locator('input[name=company]').fill('한빛상회');
  await checkAccess(page);
  await page.locator('button[type=submit]').click();
  await page.locator('nav').first().waitFor();
  assert.equal(new URL(page.url()).pathname, '/');
  await page.reload();
  await page.locator('#main h1').waitFor();
  assert.equal(await page.evaluate(() => Object.keys(localStorage).some((key) => /token/i.test(key))), false, 'a token was kept in storage');
});

story('a page behind the session leads to log-in and back to itself', async (stand) => {
  const page = await stand.page('en', desk);
  await page.goto(`${stand.url}/nowhere?open=1`);
  await page.waitForURL('**/login?next=*');
  await page.locator('input[name=email]').fill('nobody@shop.kr');
  await page.locator('input[name=password]').fill('not the password');
  await page.locator('button[type=submit]').click();
  await page.getByText('The e-mail or the password is not right.').waitFor();
  await shoot(page, 'login-1440-en-refused');
  await checkAccess(page);
});

story('logging out forgets the session', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  await page.getByRole('button', { name: /한빛상회/ }).click();
  await page.getByRole('menuitem', { name: '로그아웃' }).click();
  await page.waitForURL('**/login');
  await page.goto(stand.url);
  await page.waitForURL('**/login');
});

story('a spent verification link says what to do', async (stand) => {
  const page = await stand.page('ko', phone);
  await page.goto(`${stand.url}/verify?token=spent`);
  await page.getByText('확인하지 못했어요').waitFor();
  await checkAccess(page);
  await shoot(page, 'verify-390-ko-spent');
});

for (const scheme of ['light', 'dark'] as const) {
  story(`quiet pages in ${scheme}`, async (stand) => {
    for (const [language, width] of [['ko', desk], ['en', desk], ['ko', phone], ['en', phone]] as const) {
      const page = await stand.page(language, width, scheme);
      await page.goto(`${stand.url}/signup`);
      await page.locator('form').waitFor();
      await shoot(page, `signup-${width}-${language}-${scheme}`);
      await checkAccess(page);
      await page.context().close();
    }
  });
}
