import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { checkAccess, desk, phone, shoot } from './lib/stand.ts';
import { story } from './lib/story.ts';

interface Call { method: 'GET' | 'POST' | 'PATCH'; path: string; body?: unknown; ifMatch?: boolean }

/** Asks the API as the person on the page, one call after the other. */
const calls = (page: Page, list: readonly Call[]) => page.evaluate(async (asked) => {
  const { accessToken } = await (await fetch('/v1/token/refresh', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' })).json() as { accessToken: string };
  const replies: unknown[] = [];
  for (const { method, path, body } of asked) {
    const reply = await fetch(path, { method, headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${accessToken}` }, body: body === undefined ? null : JSON.stringify(body) });
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`);
    replies.push(await reply.json());
  }
  return replies;
}, list);

const choice = (key: string, ko: string, en: string, archived = false) => ({ key, label: { ko, en }, ...(archived ? { archived } : {}) });
const define: readonly Call[] = [
  { key: 'grade', type: 'choice', label: { ko: '회원 등급', en: 'Grade' }, choices: [choice('gold', '골드', 'Gold'), choice('silver', '실버', 'Silver')] },
  { key: 'likes', type: 'choices', label: { ko: '취향', en: 'Tastes' }, choices: [choice('poem', '시', 'Poems'), choice('novel', '소설', 'Novels')] },
  { key: 'vip', type: 'yesNo', label: { ko: '우수고객', en: 'VIP' } },
  { key: 'deposit', type: 'money', label: { ko: '예치금', en: 'Deposit' }, currency: 'USD' },
].map((body) => ({ method: 'POST', path: '/v1/workspace/fields', body }));
const people: Call = { method: 'POST', path: '/v1/customers/batch', body: { data: [
  { externalId: 'q1', name: '남궁하나', custom: { grade: 'gold', likes: ['poem', 'novel'], vip: true, deposit: '12.50' } },
  { externalId: 'q2', name: '황보두리', custom: { grade: 'gold', likes: ['poem'], vip: false, deposit: '3' } },
  { externalId: 'q3', name: '제갈세찬', custom: { grade: 'silver', vip: false } }] } };
const at = new Date(Date.now() - 36e5).toISOString();
const orders: Call = { method: 'POST', path: '/v1/orders/batch', body: { data: [['q1', '50000'], ['q1', '20000'], ['q2', '30000'], ['q3', '10000']].map(([who, total], i) => ({ externalId: `q-${i}`, customerExternalId: who, orderedAt: at, total })) } };

/** The rule editor and the filter bar count until the lake has followed. */
const counts = (page: Page, people: number) => page.waitForFunction((want) => document.querySelector('[role=status][aria-busy=false] strong')?.textContent === String(want), people);

story('a rule asks for the fields of a workspace by their type', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  await calls(page, [...define, people, orders]);
  const rule = { all: [{ field: 'customer.custom.grade', op: 'eq', value: 'gold' }] };
  await page.goto(`${stand.url}/segments/new?${new URLSearchParams({ rule: JSON.stringify(rule), name: '골드' }).toString()}`);
  assert.equal(await page.getByLabel('항목', { exact: true }).locator('option:checked').innerText(), '회원 등급');
  assert.equal(await page.getByLabel('값', { exact: true }).locator('option:checked').innerText(), '골드');
  await page.reload();
  await counts(page, 2);

  const field = page.getByLabel('항목', { exact: true });
  const op = page.getByLabel('비교 방법');
  await field.selectOption({ label: '우수고객' });
  await counts(page, 1);
  await op.selectOption('isEmpty');
  await op.selectOption('eq');
  await page.getByLabel('값', { exact: true }).selectOption({ label: '아니요' });
  await counts(page, 2);
  await field.selectOption({ label: '예치금' });
  await page.getByLabel('값', { exact: true }).fill('10');
  await counts(page, 1);
  assert.equal(await page.getByLabel('값', { exact: true }).inputValue(), '10 USD');
  await field.selectOption({ label: '취향' });
  await op.selectOption('in');
  await page.getByRole('combobox', { name: '값 여러 개' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.locator('.mantine-Pill-label', { hasText: '소설' }).waitFor();
  await page.keyboard.press('Escape');
  await counts(page, 2);
  await shoot(page, 'custom-rule-1440-ko-light', true);
  await checkAccess(page);
});

story('what is not offered any more stays in a rule and says so, on a phone in the dark', async (stand) => {
  const page = await stand.signedIn('en', phone, 'dark');
  await calls(page, [...define, people,
    { method: 'PATCH', path: '/v1/workspace/fields/grade', body: { choices: [choice('gold', '골드', 'Gold'), choice('silver', '실버', 'Silver', true)] } }]);
  const rule = { all: [{ field: 'customer.custom.grade', op: 'in', value: ['silver', 'bronze'] }, { field: 'customer.custom.shoe', op: 'eq', value: '240' }] };
  await page.goto(`${stand.url}/segments/new?${new URLSearchParams({ rule: JSON.stringify(rule), name: 'Old' }).toString()}`);
  await page.locator('.mantine-Pill-label', { hasText: 'Silver (archived)' }).waitFor();
  await page.locator('.mantine-Pill-label', { hasText: 'bronze (removed)' }).waitFor();
  assert.equal(await page.getByLabel('Field key').inputValue(), 'shoe');
  await shoot(page, 'custom-rule-390-en-dark', true);
  await checkAccess(page);
});

story('a list is narrowed by the fields of a workspace by their type', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  await calls(page, [...define, people]);
  await page.goto(`${stand.url}/customers`);
  const form = page.getByRole('dialog');
  const narrow = async (label: string, fill: () => Promise<void>) => {
    await page.getByRole('button', { name: '조건 더하기' }).click();
    await form.getByLabel('항목').selectOption({ label });
    await fill();
    await form.getByRole('button', { name: '적용하기' }).click();
  };
  await narrow('예치금', async () => { await form.getByLabel('값', { exact: true }).fill('10'); });
  assert.match(decodeURIComponent(page.url()).replaceAll('+', ' '), /custom\.deposit gte "10 USD"/);
  await page.getByRole('row', { name: /남궁하나/ }).waitFor();
  await page.getByRole('row', { name: /황보두리/ }).waitFor({ state: 'detached' });
  await narrow('회원 등급', async () => { await form.getByLabel('값', { exact: true }).selectOption({ label: '골드' }); });
  await narrow('우수고객', async () => {
    await shoot(page, 'custom-filter-1440-ko-light');
    await checkAccess(page);
  });
  await page.getByRole('row', { name: /남궁하나/ }).waitFor();
  await shoot(page, 'custom-filtered-1440-ko-light');
  await checkAccess(page);
});

story('a pivot by a choice says what the API says, and a figure opens by keyboard', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  await calls(page, [...define, people, orders]);
  const asked: Call = { method: 'POST', path: '/v1/insights/pivot', body: { rows: 'customer.custom.grade', columns: 'month' } };
  interface Row { value?: string; cells: { buyers: number }[]; total: { buyers: number } }
  const pivot = async () => (await calls(page, [asked]))[0] as { rows: Row[]; total: Row };
  let said = await pivot();
  for (let tries = 0; tries < 40 && said.rows.find(({ value }) => value === 'gold')?.total.buyers !== 2; tries += 1) { await page.waitForTimeout(500); said = await pivot(); }

  await page.goto(`${stand.url}/value/pivot?rows=customer.custom.grade&measure=buyers`);
  const table = page.getByRole('table');
  await table.getByRole('rowheader', { name: '골드' }).waitFor();
  const shown = await table.locator('tbody tr, tfoot tr').evaluateAll((rows) => rows.map((row) => [...row.querySelectorAll('td')].map((cell) => Number(cell.querySelector('a [aria-hidden]')?.textContent?.replaceAll(',', '') ?? 0))));
  assert.deepEqual(shown, [...said.rows, said.total].map(({ cells, total }) => [...cells, total].map(({ buyers }) => buyers)));
  const names = await table.getByRole('rowheader').allInnerTexts();
  assert.deepEqual(names, ['골드', '실버', '값 없음', '합계']);
  await page.evaluate(() => window.scrollTo(0, 0));
  await shoot(page, 'pivot-choice-1440-ko-light');
  await checkAccess(page);

  const figure = table.getByRole('row', { name: /^골드/ }).getByRole('link').last();
  await figure.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL(/segments\/new/);
  await counts(page, 2);
  assert.equal(await page.getByLabel('값', { exact: true }).first().locator('option:checked').innerText(), '골드');
});
