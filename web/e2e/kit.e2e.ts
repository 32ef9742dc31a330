import assert from 'node:assert/strict';
import { after } from 'node:test';
import { createServer, type ViteDevServer } from 'vite';
import { freePort } from './lib/host.ts';
import { checkAccess, desk, phone, shoot } from './lib/stand.ts';
import { story } from './lib/story.ts';

let server: Promise<ViteDevServer> | undefined;
after(async () => { await (await server)?.close(); });

/** The kit's gallery, served by Vite: it is not part of the product's build. */
async function gallery(): Promise<string> {
  server ??= freePort().then((port) => createServer({ root: `${import.meta.dirname}/..`, logLevel: 'error', server: { port, host: 'localhost', hmr: false, strictPort: true } })).then((made) => made.listen());
  const address = (await server).httpServer?.address();
  if (typeof address !== 'object' || address === null) throw new Error('vite gave no address');
  return `http://localhost:${address.port}/gallery/`;
}

for (const scheme of ['light', 'dark'] as const) {
  story(`every piece of the kit in ${scheme}`, async (stand) => {
    for (const width of [desk, phone]) {
      const page = await stand.page('ko', width, scheme);
      page.setDefaultTimeout(60_000);
      await page.goto(await gallery());
      await page.locator('h1').waitFor();
      await shoot(page, `kit-${width}-${scheme}`, true);
      await checkAccess(page);
      for (const rows of ['some', 'loading', 'none', 'error']) {
        await page.goto(`${await gallery()}?show=list&rows=${rows}`);
        await page.locator('h1').waitFor();
        await shoot(page, `list-${rows}-${width}-${scheme}`);
        await checkAccess(page);
      }
      await page.context().close();
    }
  });
}

story('the keyboard walks, opens, selects and leaves a list; the URL follows', async (stand) => {
  const page = await stand.page('ko', desk);
  page.setDefaultTimeout(60_000);
  await page.goto(`${await gallery()}?show=list`);
  await page.locator('[data-row="0"]').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  assert.equal(await page.locator('[aria-selected=true]').count(), 3);
  await page.keyboard.press('Enter');
  await page.locator('aside').waitFor();
  await shoot(page, 'list-open-1440-light');
  await checkAccess(page);
  assert.match(page.url(), /open=cus_3/);
  await page.getByRole('button', { name: '다음' }).click();
  assert.match(page.url(), /open=cus_4/);
  await page.goBack();
  await page.locator('aside').waitFor({ state: 'detached' });
});
