import { checkAccess, desk, phone, shoot } from './lib/stand.ts';
import { story } from './lib/story.ts';

story('a new workspace opens with sample data that can be removed, and offers it again', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  await page.getByText('예시 데이터로 둘러보고 있어요').waitFor();
  await page.getByText(/어제 매출/).waitFor();
  await shoot(page, 'home-sample-1440-ko-light');
  await checkAccess(page);
  await page.getByRole('button', { name: '확인 메일 다시 받기' }).click();
  await page.getByText('확인 메일을 다시 보냈어요').waitFor();
  await page.getByRole('button', { name: '건너뛰기: 세그먼트 만들기' }).click();
  await page.getByText('건너뛰었어요').waitFor();
  await page.getByRole('button', { name: '지우기' }).click();
  await page.getByRole('button', { name: '예시 데이터 지우기' }).click();
  await page.getByText('워크스페이스가 준비됐어요').waitFor();
  await shoot(page, 'home-blank-1440-ko-light');
  await checkAccess(page);
  await page.getByRole('button', { name: '예시 데이터로 둘러보기' }).click();
  await page.getByText('예시 데이터로 둘러보고 있어요').waitFor();
});

story('home on a phone, in the dark, in English', async (stand) => {
  const page = await stand.signedIn('en', phone, 'dark');
  await page.getByText('First steps').waitFor();
  await shoot(page, 'home-sample-390-en-dark', true);
  await checkAccess(page);
});

story('settings are found, changed in place, refused with a reason; a key is shown once', async (stand) => {
  const page = await stand.signedIn('en', desk);
  await page.goto(`${stand.url}/settings`);
  await page.getByLabel('Find a setting').fill('sender');
  await page.getByRole('heading', { name: 'Company', exact: true }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /^Sender e-mail/ }).click();
  await page.keyboard.type('hello@shop');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await page.keyboard.type('.kr');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sender e-mail: hello@shop.kr, edit' }).waitFor();
  await page.getByLabel('Find a setting').fill('');
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo');
  await page.getByRole('button', { name: 'Create API key' }).click();
  await page.getByLabel('What is the key for?').fill('Shop system');
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByText('Choose at least one thing').waitFor();
  await page.getByRole('dialog').getByLabel('Customers').selectOption('read');
  await checkAccess(page);
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByText(/^dgl_live_/).first().waitFor();
  await shoot(page, 'settings-key-1440-en-light');
  await checkAccess(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('button', { name: 'Delete: Shop system' }).click();
  await page.getByRole('button', { name: 'Delete key' }).click();
  await page.getByText('No keys yet.').waitFor();
  await checkAccess(page);
});
