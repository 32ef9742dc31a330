import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { checkAccess, desk, phone, shoot, type Stand } from './lib/stand.ts';
import { story } from './lib/story.ts';

/** A mail to send, made through the API as the page would: the visitor's own session. */
async function withTemplate(page: Page, stand: Stand, html: string): Promise<void> {
  await page.evaluate(async ([url, body]) => {
    const { accessToken } = (await (await fetch(`${url}/v1/token/refresh`, { method: 'POST', headers: { 'Idempotency-Key': crypto.randomUUID() } })).json()) as { accessToken: string };
    await fetch(`${url}/v1/templates`, { method: 'POST', headers: { Authorization: `Bearer ${accessToken}`, 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }, body });
  }, [stand.url, JSON.stringify({ name: '가을 소식', subject: '(광고) {{ customer.name }}님께', html })] as const);
}

const good = '<p>{{ customer.name }} <a href="https://example.com/autumn">가을</a> <a href="{{ unsubscribe_url }}">수신거부</a></p>';

story('a campaign from plan to result: refused until mended, the number in the button, the ledger, the people', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  await withTemplate(page, stand, good.replace('customer.name', 'customer.nmae'));
  await page.goto(`${stand.url}/campaigns`);
  await page.getByText('아직 캠페인이 없어요').waitFor();
  await checkAccess(page);
  await page.getByRole('button', { name: '첫 캠페인 계획하기' }).click();
  await page.getByLabel('캠페인 이름').fill('석 달 동안 안 오신 단골을 다시 모시는 가을 캠페인');
  await page.getByRole('dialog').getByLabel('받을 고객').selectOption({ label: '요즘 자주 오는 손님' });
  await checkAccess(page);
  await page.getByRole('button', { name: '계획 시작하기' }).click();
  await page.waitForURL(/campaigns\/cmp_/);
  await page.getByText('메일을 받을 고객').waitFor();
  await page.getByLabel(/^보낼 내용/).selectOption({ label: '가을 소식' });
  await page.getByLabel('통제군').fill('70');
  await page.getByLabel('목적').focus();
  await page.getByText('통제군 빼고').waitFor();
  await page.getByLabel('통제군').fill('20');
  await page.getByLabel('예산').fill('50000');
  await page.getByLabel('목적').fill('뜸해진 단골을 다시 모신다');
  await page.getByLabel('메모').focus();
  await page.getByText('저장했어요').waitFor();
  await shoot(page, 'campaign-plan-1440-ko-light');
  await checkAccess(page);

  await page.getByRole('button', { name: /명에게 보내기/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: /명에게 보내기/ }).click();
  await page.getByText('없는 변수가 있어요: customer.nmae').waitFor();
  await shoot(page, 'campaign-refused-1440-ko-light');
  await checkAccess(page);
  const plan = page.url();
  await page.getByRole('link', { name: '템플릿 고치기' }).click();
  await page.getByRole('textbox', { name: 'HTML' }).fill(good);
  await page.getByRole('button', { name: '저장하기' }).click();
  await page.getByRole('button', { name: '저장됨' }).waitFor();

  await page.goto(plan);
  const launch = page.getByRole('button', { name: /^\d+명에게 보내기/ });
  const people = Number(/\d+/.exec(await launch.innerText())?.[0]);
  assert.ok(people > 0, 'nobody would get it');
  await launch.click();
  await page.getByRole('dialog').getByRole('button', { name: `${people}명에게 보내기` }).click();
  await page.getByText('다 보냄').waitFor();
  await page.getByRole('heading', { name: '통제군과 비교' }).waitFor();
  assert.equal(await page.getByRole('listitem').filter({ hasText: /^보냄/ }).first().innerText().then((text) => Number(/\d+/.exec(text)?.[0])), people);
  await page.getByRole('button', { name: '보냄', exact: true }).first().click();
  await page.waitForURL(/people=accepted/);
  await page.locator('[data-row="0"]').waitFor();
  await shoot(page, 'campaign-result-1440-ko-light');
  await checkAccess(page);
  await page.goto(`${stand.url}/campaigns`);
  await page.getByText(`${people}통`).first().waitFor();
  await shoot(page, 'campaigns-1440-ko-light');
  await checkAccess(page);

  await page.goBack();
  await page.getByRole('button', { name: '다시 계획하기' }).click();
  await page.getByRole('heading', { level: 1, name: /\(다시\)/ }).waitFor();
  await page.getByText('계획 중').waitFor();
  assert.equal(await page.getByLabel('목적').inputValue(), '뜸해진 단골을 다시 모신다');
});

const underWay = {
  status: 'paused', audience: 2200, holdout: 200, skippedBy: { noConsent: 120, suppressed: 9 }, failedBy: { attemptsExhausted: 12 }, rate: 8.4, cost: { amount: '30000', currency: 'KRW' }, startedAt: new Date().toISOString(), finishedAt: null,
  counts: { planned: 2000, accepted: 1400, skipped: 129, failed: 12, uncertain: 7, pending: 452, canceled: 0 }, responses: { delivered: 1380, opened: 610, openedByMachine: 88, clicked: 240, bought: 130, unsubscribed: 4, bounced: 11, complained: 1 }, revenue: { amount: '4200000', currency: 'KRW' },
  holdoutComparison: { sent: { people: 1400, bought: 130, boughtShare: 0.092857, revenuePerPerson: { amount: '3000', currency: 'KRW' } }, holdout: { people: 200, bought: 9, boughtShare: 0.045, revenuePerPerson: { amount: '1800', currency: 'KRW' } }, difference: { boughtShare: 0.047857, revenuePerPerson: { amount: '1200', currency: 'KRW' } } },
};

story('under way on a phone in the dark: paused, sent on, with words for what came of it', async (stand) => {
  const page = await stand.signedIn('en', phone, 'dark');
  await page.goto(`${stand.url}/campaigns?new=yes`);
  await page.getByLabel('Campaign name').fill('Autumn');
  await page.getByRole('button', { name: 'Start the plan' }).click();
  await page.waitForURL(/campaigns\/cmp_/);
  const id = /cmp_\w+/.exec(page.url())?.[0] ?? '';
  await page.getByText('Choose a segment to see how many get it.').waitFor();
  await shoot(page, 'campaign-plan-390-en-dark', true);
  await checkAccess(page);
  // A laptop sends in a blink; the states in between are held still here.
  await page.route(`**/v1/campaigns/${id}/report`, (route) => route.fulfill({ json: { ...underWay, campaignId: id } }));
  await page.route(`**/v1/campaigns/${id}/resume`, (route) => { underWay.status = 'sending'; return route.fulfill({ json: { id } }); });
  await page.route(`**/v1/campaigns/${id}`, async (route) => {
    const answer = await route.fetch();
    return route.fulfill({ response: answer, json: { ...(await answer.json()) as object, status: underWay.status, launchedAt: underWay.startedAt } });
  });
  await page.reload();
  await page.getByText('Paused').first().waitFor();
  await page.getByText('4.8 percentage points more bought').waitFor();
  await shoot(page, 'campaign-paused-390-en-dark', true);
  await checkAccess(page);
  await page.getByRole('button', { name: 'Send on' }).click();
  await page.getByText('8.4 a second').waitFor();
  await page.getByText(/minutes? left|within a minute/).waitFor();
  await page.getByRole('button', { name: 'Send 12 failed mails again' }).waitFor();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'the page scrolls sideways');
});
