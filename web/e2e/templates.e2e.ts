import assert from 'node:assert/strict';
import { checkAccess, desk, phone, shoot } from './lib/stand.ts';
import { story } from './lib/story.ts';

interface Mail { to: string; subject: string; html: string }

story('a mail is written beside its real rendering: variables offered, mistakes at their line, tried on oneself', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  await page.goto(`${stand.url}/templates`);
  await page.getByText('아직 템플릿이 없어요').waitFor();
  await checkAccess(page);
  await page.getByRole('button', { name: '첫 템플릿 만들기' }).click();
  await page.getByRole('dialog').getByLabel('이름').fill('남산 블렌드를 처음 볶은 날에 보내 드리는 소식');
  await page.getByRole('button', { name: '만들기', exact: true }).click();
  await page.waitForURL(/templates\/tpl_/);
  const mail = page.frameLocator('iframe');
  await mail.getByText('이번 주 소식이에요').waitFor();

  const source = page.getByRole('textbox', { name: 'HTML' });
  await source.press('Control+Home');
  await source.pressSequentially('<p>{{ na');
  await page.getByRole('option', { name: /customer.name/ }).waitFor();
  await shoot(page, 'template-offer-1440-ko-light');
  await checkAccess(page);
  await page.keyboard.press('Enter');
  await source.pressSequentially('님 {{ customer.nmae }}</p>');
  const mistake = page.getByRole('button', { name: /1번째 줄에 없는 변수가 있어요: customer.nmae/ });
  await mistake.waitFor();
  await page.getByText('마지막으로 맞았던 모습').waitFor();
  await shoot(page, 'template-mistake-1440-ko-light');
  await checkAccess(page);
  for (let i = 0; i < '{{ customer.nmae }}</p>'.length; i += 1) await page.keyboard.press('Backspace');
  await source.pressSequentially('</p>');
  await mistake.waitFor({ state: 'detached' });
  await mail.getByText('김단골님', { exact: true }).waitFor();

  await page.getByPlaceholder('예시 고객으로 보는 중').fill('이');
  const person = page.locator('[role=listbox] [role=option]').first();
  const name = (await person.innerText()).split(' · ')[0] ?? '';
  await person.click();
  await mail.getByText(`${name}님, 이번 주 소식이에요`).waitFor();
  await page.getByText('휴대폰', { exact: true }).click();
  await page.getByText('어둡게', { exact: true }).click();
  await shoot(page, 'template-dark-1440-ko-light');
  await page.getByText('텍스트', { exact: true }).click();
  await page.locator('pre').getByText('이번 주 소식이에요').waitFor();
  await page.getByRole('link', { name: '세그먼트' }).click();
  await page.getByRole('heading', { name: '저장하지 않고 나갈까요?' }).waitFor();
  await page.getByRole('button', { name: '취소' }).click();
  await page.keyboard.press('Control+s');
  await page.getByRole('button', { name: '저장됨' }).waitFor();
  await page.getByRole('button', { name: '시험 보내기' }).click();
  await page.getByLabel('받을 이메일').fill('minji.test@shop.kr');
  await page.getByRole('button', { name: '시험 메일 보내기' }).click();
  await page.getByText('minji.test@shop.kr로 보냈어요').waitFor();
  const caught = await page.waitForFunction(async (to) => {
    const all = (await (await fetch('/local/mailbox.json')).json()) as Mail[];
    return all.find((each) => each.to === to);
  }, 'minji.test@shop.kr');
  assert.match((await caught.jsonValue())?.html ?? '', new RegExp(name));
});

story('the editor on a phone in the dark; a lost connection keeps what was written', async (stand) => {
  const page = await stand.signedIn('en', phone, 'dark');
  await page.goto(`${stand.url}/templates`);
  await page.getByRole('button', { name: 'New template' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('Win back');
  await page.getByLabel('Win back').last().check();
  await checkAccess(page);
  await page.getByRole('button', { name: 'Make template' }).click();
  await page.frameLocator('iframe').getByText('long time no see').waitFor();
  await shoot(page, 'template-390-en-dark', true);
  await checkAccess(page);
  await page.route('**/v1/templates/tpl_*', (route) => (route.request().method() === 'PATCH' ? route.abort() : route.continue()));
  await page.getByLabel('Name', { exact: true }).fill('Win back, second try');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('What you wrote is still here.').waitFor();
  assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Win back, second try');
  await checkAccess(page);
});
