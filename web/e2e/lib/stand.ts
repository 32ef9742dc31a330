import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser } from './chromium.ts';
import { makeFake, type FakeJob } from './fake.ts';
import { startFront } from './front.ts';
import { hostExists, startHost, type Host } from './host.ts';

export type Language = 'ko' | 'en';
export type Scheme = 'light' | 'dark';
export const phone = 390;
export const desk = 1440;

const shots = join(import.meta.dirname, '../.shots');
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

export interface Stand {
  url: string;
  /** A fresh visitor: own cookies, own storage. */
  page: (language?: Language, width?: number, scheme?: Scheme) => Promise<Page>;
  /** A visitor who has just signed up and stands on the home page. */
  signedIn: (language?: Language, width?: number, scheme?: Scheme) => Promise<Page>;
  /** What every open page shows: e2e/.shots/failed-<name>-<n>.png. */
  keep: (name: string) => Promise<void>;
  stop: () => Promise<void>;
}

/** The product and a browser. `DANGOL_E2E=fake` (or no host yet) stands on the in-test fake; jobs given here always do. */
export async function openStand(jobs?: FakeJob[]): Promise<Stand> {
  const host: Host = jobs || process.env.DANGOL_E2E === 'fake' || !hostExists() ? await startFront(makeFake(jobs)) : await startHost();
  const browser = await openBrowser();
  let visitors = 0;

  const page: Stand['page'] = async (language = 'ko', width = desk, scheme = 'light') => {
    const context = await browser.newContext({
      locale: language === 'ko' ? 'ko-KR' : 'en-US', timezoneId: 'Asia/Seoul', colorScheme: scheme, reducedMotion: 'reduce',
      viewport: { width, height: width < 600 ? 844 : 900 }, hasTouch: width < 600, isMobile: width < 600, deviceScaleFactor: 1,
    });
    const opened = await context.newPage();
    opened.setDefaultTimeout(10_000);
    opened.on('pageerror', (error) => console.error(`page error at ${opened.url()}: ${error.stack ?? error.message}`));
    return opened;
  };

  const signedIn: Stand['signedIn'] = async (language, width, scheme) => {
    const opened = await page(language, width, scheme);
    visitors += 1;
    await opened.goto(`${host.url}/signup`);
    await opened.locator('input[name=email]').fill(`minji${visitors}.${Date.now()}@shop.kr`);
    await opened.locator('input[name=password]').fill('고래가 셋 blue whale');
    await opened.locator('input[name=company]').fill('한빛상회');
    await opened.locator('button[type=submit]').click();
    await opened.locator('#main h1, #main h2').first().waitFor();
    return opened;
  };

  const keep: Stand['keep'] = async (name) => {
    const pages = browser.contexts().flatMap((context) => context.pages());
    await Promise.all(pages.map((open, n) => shoot(open, `failed-${name.replace(/[^\p{L}\p{N}]+/gu, '-')}-${n}`).catch(() => undefined)));
  };

  return { url: host.url, page, signedIn, keep, stop: async () => { await browser.close(); await host.stop(); } };
}

/** A picture for people to look at: e2e/.shots/<name>.png. */
export async function shoot(page: Page, name: string, fullPage = false): Promise<void> {
  mkdirSync(shots, { recursive: true });
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage });
}

interface Violation { id: string; help: string; nodes: { target: unknown; failureSummary?: string }[] }

/** Throws with every WCAG 2.2 AA violation that axe sees on the page. */
export async function checkAccess(page: Page): Promise<void> {
  await page.addScriptTag({ path: axePath });
  const found = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: { run: (root: Document, options: object) => Promise<{ violations: Violation[] }> } };
    return (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })).violations;
  });
  if (found.length > 0) {
    throw new Error(found.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `   ${JSON.stringify(node.target)} ${node.failureSummary ?? ''}`).join('\n')}`).join('\n'));
  }
}
