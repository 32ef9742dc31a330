import type { Page } from 'playwright-core';

/** Records made by the API in the visitor's own session, as a program would; returns when the lake has them too, and counts so many. */
export async function makeRecords(page: Page, path: string, bodies: readonly object[]): Promise<void> {
  await page.evaluate(async ([at, records]) => {
    const { accessToken } = await (await fetch('/v1/token/refresh', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: '{}' })).json() as { accessToken: string };
    const Authorization = `Bearer ${accessToken}`;
    for (const body of records) {
      const reply = await fetch(at, { method: 'POST', headers: { 'Content-Type': 'application/json', Authorization }, body: JSON.stringify(body) });
      if (!reply.ok) throw new Error(await reply.text());
    }
    for (let tries = 0; tries < 100; tries += 1) { // the lake has them within seconds
      const counted = await (await fetch(`${at}/groups?by=status`, { headers: { Authorization } })).json() as { total: number };
      if (counted.total === records.length) return;
      await new Promise((done) => setTimeout(done, 300));
    }
    throw new Error(`the lake does not get what was made at ${at}`);
  }, [path, bodies] as const);
}
