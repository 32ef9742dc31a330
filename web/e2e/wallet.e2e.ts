import { checkAccess, desk, shoot } from './lib/stand.ts';
import { story } from './lib/story.ts';

story('share of wallet: a field of money, named in the settings, and shown on the page of who has a value', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  const dialog = page.getByRole('dialog');
  await page.goto(`${stand.url}/settings?q=사용자`);
  await page.getByRole('button', { name: '항목 만들기' }).click();
  await dialog.getByLabel('한국어 이름').fill('1년 커피값');
  await dialog.getByLabel('종류').selectOption('money');
  await dialog.getByLabel('키', { exact: true }).fill('yearly');
  await dialog.getByRole('button', { name: '저장하기' }).click();
  await dialog.waitFor({ state: 'detached' });

  await page.goto(`${stand.url}/settings?q=${encodeURIComponent('1년에 쓰는 돈')}`);
  const choice = page.getByLabel('1년에 쓰는 돈');
  await choice.selectOption({ label: '1년 커피값' });
  await page.reload();
  await page.waitForFunction(() => [...document.querySelectorAll('select')].some(({ value }) => value === 'yearly'));
  await shoot(page, 'wallet-settings-1440-ko-light');
  await checkAccess(page);

  await page.goto(`${stand.url}/customers`);
  await page.locator('[data-row="0"]').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: '고객 페이지 열기' }).click();
  const profile = page.url();
  await page.getByRole('button', { name: /1년 커피값/ }).click();
  await page.getByLabel('1년 커피값').first().fill('1200000');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /1년 커피값.*1,200,000/ }).waitFor();

  await page.goto(`${stand.url}/value`);
  await page.getByRole('button', { name: '다시 계산하기' }).click();
  await page.getByRole('button', { name: '계산 시작하기' }).click();
  await dialog.waitFor({ state: 'detached' });
  for (let i = 0; i < 30; i += 1) {
    await page.goto(profile);
    await page.getByText('마지막 주문').first().waitFor();
    if (await page.getByText('지갑점유율').count() > 0) break;
    await page.waitForTimeout(1_000);
  }
  await page.getByText('지갑점유율').scrollIntoViewIfNeeded();
  await shoot(page, 'wallet-customer-1440-ko-light');
  await checkAccess(page);
});
