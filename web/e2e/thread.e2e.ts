import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { cdnow } from './lib/cdnow.ts';
import { desk, shoot, type Language, type Stand } from './lib/stand.ts';
import { story } from './lib/story.ts';
import { speaker } from './lib/words.ts';

interface Mail { to: string; html: string; campaignId: string }
type File = ReturnType<typeof cdnow>['customers'];

const amount = (value: number) => value.toLocaleString('en-US');

/** The one loop on real purchases, through the console alone: learn, plan, contact, refine. */
class Thread {
  readonly say: ReturnType<typeof speaker>;
  readonly page: Page;
  private readonly stand: Stand;
  private readonly language: Language;

  constructor(page: Page, stand: Stand, language: Language) {
    this.page = page;
    this.stand = stand;
    this.language = language;
    this.say = speaker(language);
  }

  press(key: string, values?: Record<string, string | number>) { return this.page.getByRole('button', { name: this.say(key, values), exact: true }).last().click(); }
  /** The button of the dialog, never the one on the page that opened it and may say the same. */
  confirm(key: string, values?: Record<string, string | number>) { return this.page.getByRole('dialog').getByRole('button', { name: this.say(key, values), exact: true }).click(); }
  sees(key: string, values?: Record<string, string | number>) { return this.page.getByText(this.say(key, values)).first().waitFor({ timeout: 30_000 }); }

  async bringIn(kind: 'customers' | 'orders', rows: number, file: File): Promise<void> {
    await this.page.goto(`${this.stand.url}/imports/new?kind=${kind}`);
    await this.page.locator('input[type=file]').setInputFiles(file);
    await this.page.waitForURL(/imports\/imp_/);
    await this.press('imports.match.submit');
    await this.page.getByRole('button', { name: this.language === 'ko' ? `${amount(rows)}줄 가져오기` : new RegExp(`Bring in ${amount(rows)} rows?`) }).click({ timeout: 30_000 });
    await this.page.getByText(this.language === 'ko' ? new RegExp(`${amount(rows)}(명|줄)을 가져왔어요`) : new RegExp(`${amount(rows)} .*brought in`)).waitFor({ timeout: 30_000 });
  }

  /** Scores as of the end of the sample; the best cell of the grid becomes a segment. */
  async learn(): Promise<void> {
    await this.page.goto(`${this.stand.url}/value`);
    await this.press('value.rebuild.open');
    await this.page.getByRole('dialog').getByLabel(this.say('value.rebuild.day')).fill('1998-06-30');
    await this.page.getByRole('dialog').getByLabel(this.say('value.rebuild.replace')).check();
    await this.confirm('value.rebuild.submit');
    await this.page.getByRole('option', { name: this.say('value.asOf', { day: '1998-06-30' }) }).waitFor({ state: 'attached', timeout: 30_000 });
    await shoot(this.page, `thread-value-${this.language}`);
    await this.page.getByRole('link', { name: this.say('value.grid.cell', { r: 5, f: 5, shown: '335', revenue: '' }).split('335')[0] }).click();
    await this.page.waitForFunction(() => document.querySelector('[role=status][aria-busy=false] strong')?.textContent === '335');
    await this.press('segments.save.open');
    await this.confirm('segments.save.submit');
    await this.page.waitForURL(/segments\/seg_/);
  }

  async write(): Promise<void> {
    await this.page.goto(`${this.stand.url}/templates`);
    await this.press('templates.new.open');
    await this.page.getByRole('dialog').getByLabel(this.say('templates.column.name'), { exact: true }).fill('CDNOW 1998');
    await this.confirm('templates.new.submit');
    await this.page.waitForURL(/templates\/tpl_/);
    await this.page.frameLocator('iframe').getByRole('heading').waitFor();
  }

  /** From the segment's own button to the last mail. */
  async send(): Promise<string> {
    await this.page.goto(`${this.stand.url}/segments`);
    await this.page.getByText(this.say('value.grid.name', { r: 5, f: 5 })).click();
    await this.page.getByRole('link', { name: this.say('segments.toCampaign') }).click();
    await this.page.getByLabel(this.say('campaigns.field.name')).fill('Summer 1998');
    await this.page.getByRole('dialog').getByLabel(this.say('campaigns.field.templateId')).selectOption({ label: 'CDNOW 1998' });
    await this.confirm('campaigns.new.submit');
    await this.page.waitForURL(/campaigns\/cmp_/);
    await this.page.getByLabel(this.say('campaigns.field.holdoutPercent')).fill('10');
    await this.page.getByLabel(this.say('campaigns.field.cost')).fill('20000');
    await this.page.getByLabel(this.say('campaigns.field.notes')).focus();
    await this.sees('campaigns.saved');
    const sendTo = new RegExp(`^${this.say('campaigns.launch.send', { shown: 'N' }).replace('N', '[\\d,]+')}$`);
    const held = this.page.getByText(this.say('campaigns.crowd.holdout'));
    await held.waitFor();
    await this.page.getByRole('button', { name: sendTo }).last().click();
    await this.page.getByRole('dialog').getByRole('button', { name: sendTo }).click();
    await this.page.getByText(this.say('campaigns.status.sent'), { exact: true }).first().waitFor({ timeout: 30_000 });
    return this.page.url();
  }

  /** The first mail of the campaign; its page may say "Sent" of something else before. */
  async mailOf(campaign: string): Promise<Mail | undefined> {
    for (let i = 0; i < 60; i += 1) {
      const mails = await this.page.evaluate(async () => (await (await fetch('/local/mailbox.json')).json()) as Mail[]);
      const mail = mails.find(({ campaignId, html }) => campaign.endsWith(campaignId) && campaignId !== '' && html.includes('/v1/t/c/'));
      if (mail) return mail;
      await this.page.waitForTimeout(500);
    }
    return undefined;
  }

  /** Somebody clicks in their mail and buys; the order comes in by file. */
  async answer(campaign: string): Promise<void> {
    const mail = await this.mailOf(campaign);
    assert.ok(mail, 'no mail with a link was caught');
    const link = /\/v1\/t\/c\/[\w.-]+/.exec(mail.html)?.[0] ?? '';
    // A headless browser's own name would be told apart as a scanner.
    const clicked = await this.page.request.get(this.stand.url + link, { maxRedirects: 0, headers: { 'User-Agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148' } });
    assert.equal(clicked.status(), 302);
    // Files know whole seconds: an order of this very moment would seem to come before the mail.
    await this.bringIn('orders', 1, cdnow(this.language).order(mail.to.slice(1, 6), new Date(Date.now() + 60_000).toISOString(), 42_500));
  }

  async report(campaign: string): Promise<void> {
    const step = (kind: string) => this.page.getByRole('listitem').filter({ hasText: this.say(`campaigns.response.${kind}`) }).locator('data').first();
    for (let i = 0; i < 10; i += 1) {
      await this.page.goto(campaign);
      await this.page.getByRole('heading', { name: this.say('campaigns.result.funnel') }).waitFor();
      await step('bought').waitFor();
      if (await step('clicked').innerText() === '1' && await step('bought').innerText() === '1') break;
      await this.page.waitForTimeout(500);
    }
    await shoot(this.page, `thread-report-${this.language}`);
    assert.equal(await step('clicked').innerText(), '1');
    assert.equal(await step('bought').innerText(), '1');
    await this.page.getByText(this.say('campaigns.compare.few')).waitFor();
    assert.equal(await this.page.locator('data[value="42500"]').count(), 1, 'the money that came in');
  }
}

for (const language of ['ko', 'en'] as const) {
  story(`the one loop on CDNOW, through the console alone (${language})`, async (stand) => {
    const thread = new Thread(await stand.signedIn(language, desk), stand, language);
    const shop = cdnow(language);
    await thread.press('sample.remove');
    await thread.confirm('sample.confirm');
    await thread.page.getByRole('dialog').waitFor({ state: 'detached' });
    await thread.bringIn('customers', shop.people, shop.customers);
    await thread.bringIn('orders', shop.purchases, shop.orders);
    await thread.learn();
    await thread.write();
    const campaign = await thread.send();
    await thread.answer(campaign);
    await thread.report(campaign);
  });
}
