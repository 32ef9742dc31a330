import { after, test } from 'node:test';
import { chromiumPath, howToGetChromium } from './chromium.ts';
import { openStand, type Stand } from './stand.ts';

let stand: Promise<Stand> | undefined;
const missed: string[] = [];

after(async () => {
  await (await stand)?.stop();
  if (missed.length > 0) {
    console.error(`\n!!! ${missed.length} STORIES DID NOT RUN: no Chromium on this machine.\n!!! ${howToGetChromium}\n${missed.map((name) => `!!!   - ${name}`).join('\n')}\n`);
  }
});

/** One story in a real browser against the running product. All stories of a file share one stand; each opens its own page. */
export function story(name: string, run: (stand: Stand) => Promise<void>): void {
  if (!chromiumPath) {
    missed.push(name);
    void test(name, { skip: howToGetChromium }, () => undefined);
    return;
  }
  void test(name, { timeout: 240_000 }, async () => {
    stand ??= openStand();
    try {
      await run(await stand);
    } catch (error) {
      // A browser on a busy machine can be late once. Said loudly, and tried once more; a story that is wrong fails both times.
      console.error(`!!! "${name}" failed and is tried once more: ${String(error).split('\n')[0]}`);
      await (await stand).keep(name);
      await run(await stand);
    }
  });
}
