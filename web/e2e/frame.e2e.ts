import assert from 'node:assert/strict';
import { checkAccess, desk, phone, shoot } from './lib/stand.ts';
import { story } from './lib/story.ts';

story('the palette opens by key, finds pages and actions, and runs one', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox').waitFor();
  await shoot(page, 'palette-1440-ko-light');
  await checkAccess(page);
  await page.getByRole('combobox').fill('어두운');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.documentElement.dataset.mantineColorScheme === 'dark');
});

story('shortcuts open with a question mark, jobs from the bar', async (stand) => {
  const page = await stand.signedIn('en', desk);
  await page.keyboard.press('?');
  await page.getByRole('heading', { name: 'Shortcuts' }).waitFor();
  await shoot(page, 'shortcuts-1440-en-light');
  await checkAccess(page);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /Jobs/ }).click();
  await page.getByRole('dialog').waitFor();
  await checkAccess(page);
  await shoot(page, 'jobs-1440-en-light');
});

story('the first Tab is the skip link, and it leads to the content', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  await page.reload();
  await page.locator('#main h1').waitFor();
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('href')), '#main');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'main');
});

story('the language changes in place and is kept', async (stand) => {
  const page = await stand.signedIn('ko', desk);
  await page.getByRole('button', { name: /한빛상회/ }).click();
  await shoot(page, 'person-1440-ko-light');
  await page.getByRole('menuitemradio', { name: /English/ }).click();
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
});

for (const scheme of ['light', 'dark'] as const) {
  story(`frame in ${scheme}`, async (stand) => {
    for (const [language, width] of [['ko', desk], ['en', phone]] as const) {
      const page = await stand.signedIn(language, width, scheme);
      await shoot(page, `home-${width}-${language}-${scheme}`);
      await checkAccess(page);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'the page scrolls sideways');
      await page.context().close();
    }
  });
}
