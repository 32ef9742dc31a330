import { equal } from 'node:assert/strict';
import { checkAccess, desk, phone, shoot } from './lib/stand.ts';
import { story } from './lib/story.ts';

story('a workspace defines its own fields, and customers are entered and changed by them', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  await page.goto(`${stand.url}/settings?q=사용자`);
  await page.getByText('아직 만든 항목이 없어요').waitFor();
  await shoot(page, 'fields-empty-1440-ko-light');
  const dialog = page.getByRole('dialog');
  const define = async (name: string, fill: () => Promise<void>) => {
    await page.getByRole('button', { name: '항목 만들기' }).click();
    await dialog.getByLabel('한국어 이름').fill(name);
    await fill();
    await dialog.getByRole('button', { name: '저장하기' }).click();
    await page.getByRole('listitem').getByText(name).waitFor();
    await dialog.waitFor({ state: 'detached' });
  };

  await page.getByRole('button', { name: '항목 만들기' }).click();
  await dialog.getByRole('button', { name: '저장하기' }).click();
  await dialog.getByText('이름을 적어 주세요').waitFor();
  await checkAccess(page);
  await dialog.getByRole('button', { name: '취소' }).click();
  await define('회원번호', async () => {
    await dialog.getByLabel('키', { exact: true }).fill('memberNo');
    await dialog.getByRole('switch', { name: '중복 막기' }).check();
  });
  await define('우리 가게를 처음 알게 된 경로와 그때 받은 안내 책자의 이름', async () => {
    await dialog.getByLabel('종류').selectOption('choice');
    await dialog.getByLabel('선택지').fill('지나가다\n친구 소개\n검색');
    await dialog.getByRole('switch', { name: '꼭 받기' }).check();
    await shoot(page, 'fields-edit-1440-ko-light');
    await checkAccess(page);
  });
  await define('예치금', async () => { await dialog.getByLabel('종류').selectOption('money'); });
  await define('가입일', async () => { await dialog.getByLabel('종류').selectOption('date'); });
  await define('등급', async () => {
    await dialog.getByLabel('종류').selectOption('choice');
    await dialog.getByLabel('선택지').fill('일반\n단골');
    await dialog.getByLabel('기본값').selectOption('일반');
    await shoot(page, 'fields-default-1440-ko-light');
    await checkAccess(page);
  });
  await page.getByRole('button', { name: '위로: 예치금' }).click();
  await page.locator('li:nth-child(2)').getByText('예치금').waitFor();
  await shoot(page, 'fields-1440-ko-light');
  await checkAccess(page);
  await page.setViewportSize({ width: phone, height: 844 });
  await shoot(page, 'fields-390-ko-light');
  await checkAccess(page);
  await page.setViewportSize({ width: desk, height: 900 });

  const enter = async (name: string) => {
    await page.goto(`${stand.url}/customers`);
    await page.getByRole('button', { name: '고객 추가하기' }).click();
    await dialog.getByLabel('이름', { exact: true }).fill(name);
    await dialog.getByLabel('회원번호').fill('A-1');
    await dialog.getByLabel('예치금').fill('12,000');
  };
  await enter('남궁여의주');
  equal(await dialog.getByLabel('등급').inputValue(), '일반'); // where the form begins; this one has no grade
  await dialog.getByLabel('등급').selectOption('없음');
  await dialog.getByRole('button', { name: '추가하기', exact: true }).click();
  await dialog.getByText('꼭 필요한 항목이에요').waitFor();
  await shoot(page, 'fields-new-customer-1440-ko-light');
  await checkAccess(page);
  await dialog.getByLabel('우리 가게를 처음').selectOption('검색');
  await dialog.getByRole('button', { name: '추가하기', exact: true }).click();
  await page.getByRole('link', { name: '고객 페이지 열기' }).click();
  await page.getByRole('button', { name: '예치금: 12,000원, 고치기' }).waitFor();
  equal(await page.getByRole('button', { name: /^등급/ }).filter({ hasText: '일반' }).count(), 0);
  await shoot(page, 'fields-customer-1440-ko-light');
  await page.getByRole('button', { name: /^예치금/ }).click();
  await page.keyboard.type('많이');
  await page.keyboard.press('Enter');
  await page.getByRole('alert').getByText('금액이 올바르지 않아요').waitFor();
  await page.keyboard.press('Escape');

  // The number belongs to someone already: the form says so and names them.
  await enter('황보하늘');
  await dialog.getByLabel('우리 가게를 처음').selectOption('친구 소개');
  await dialog.getByRole('button', { name: '추가하기', exact: true }).click();
  await dialog.getByText('다른 고객이 이미 쓰는 값이에요').waitFor();
  await dialog.getByText('남궁여의주').waitFor();
  await checkAccess(page);

  // The default is there to be changed.
  await page.goto(`${stand.url}/settings?q=사용자`);
  await page.getByRole('button', { name: '고치기: 등급' }).click();
  equal(await dialog.getByLabel('기본값').inputValue(), '일반');
  await dialog.getByLabel('기본값').selectOption('없음');
  await dialog.getByRole('button', { name: '저장하기' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '고치기: 등급' }).click();
  equal(await dialog.getByLabel('기본값').inputValue(), '');
  await dialog.getByRole('button', { name: '취소' }).click();

  // An archived field leaves the forms; what customers have of it stays.
  await page.goto(`${stand.url}/settings?q=사용자`);
  await page.getByRole('button', { name: '보관하기: 예치금' }).click();
  await dialog.getByRole('button', { name: '항목 보관하기' }).click();
  await page.getByRole('button', { name: '보관한 항목 1개 보기' }).click();
  await page.getByRole('button', { name: '다시 쓰기: 예치금' }).waitFor();
});

story('a value without a field is made one, or removed', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  await page.goto(`${stand.url}/customers`);
  await page.getByRole('row').nth(1).waitFor();
  const made = await page.evaluate(async () => {
    const token = await (await fetch('/v1/token/refresh', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' })).json() as { accessToken: string };
    const reply = await fetch('/v1/customers', { method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token.accessToken}` }, body: JSON.stringify({ name: '남궁여의주', custom: { birthStone: '2026-03-02', shoe: '240' } }) });
    return await reply.json() as { id: string };
  });
  await page.goto(`${stand.url}/customers/${made.id}`);
  await page.getByRole('heading', { name: '정해 두지 않은 값' }).waitFor();
  await shoot(page, 'fields-free-1440-ko-light');
  await checkAccess(page);
  const dialog = page.getByRole('dialog');
  await page.getByRole('button', { name: '지우기: shoe' }).click();
  await dialog.getByRole('button', { name: '값 지우기' }).click();
  await page.getByRole('button', { name: '지우기: shoe' }).waitFor({ state: 'detached' }); // the timeline goes on naming it
  await page.getByRole('link', { name: '항목으로 만들기: birthStone' }).click();
  equal(await dialog.getByLabel('종류').inputValue(), 'date');
  equal(await dialog.getByLabel('키', { exact: true }).inputValue(), 'birthStone');
  await dialog.getByLabel('한국어 이름').fill('탄생일');
  await dialog.getByRole('button', { name: '저장하기' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.goto(`${stand.url}/customers/${made.id}`);
  await page.getByRole('button', { name: /^탄생일/ }).waitFor();
  equal(await page.getByRole('heading', { name: '정해 두지 않은 값' }).count(), 0);
});

story('the fields read in English, in the dark and on a phone', async (stand) => {
  const page = await stand.signedIn('en', desk, 'dark');
  await page.goto(`${stand.url}/settings?q=custom`);
  await page.getByText('There are no fields yet').waitFor();
  await page.getByRole('button', { name: 'Create field' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name in English').fill('Favourite drinks');
  await dialog.getByLabel('Type').selectOption('choices');
  await dialog.getByLabel('Choices').fill('Tea\nCoffee');
  await shoot(page, 'fields-edit-1440-en-dark');
  await checkAccess(page);
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('listitem').getByText('Favourite drinks').waitFor();
  await page.setViewportSize({ width: phone, height: 844 });
  await page.getByRole('listitem').getByText('Favourite drinks').scrollIntoViewIfNeeded();
  await shoot(page, 'fields-390-en-dark');
  await checkAccess(page);
});
