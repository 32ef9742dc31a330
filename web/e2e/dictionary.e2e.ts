import { strict as assert } from 'node:assert';
import { checkAccess, desk, phone, shoot } from './lib/stand.ts';
import { story } from './lib/story.ts';

for (const [language, width, scheme, word, meaning] of [['ko', desk, 'light', '데이터 사전', '생년월일'], ['en', phone, 'dark', 'Data dictionary', 'Date of birth']] as const) {
  story(`the dictionary says what every field means, in ${language} at ${width}, ${scheme}`, async (stand) => {
    const page = await stand.signedIn(language, width, scheme);
    await page.goto(`${stand.url}/settings?q=${encodeURIComponent(word)}`);
    await page.getByRole('link', { name: language === 'ko' ? '사전 열기' : 'Open dictionary' }).click();
    await page.getByRole('heading', { name: 'customers' }).waitFor();
    await shoot(page, `dictionary-${width}-${language}-${scheme}`);
    await checkAccess(page);
    await page.getByRole('searchbox').fill('birthDate');
    await page.getByText(meaning, { exact: false }).first().waitFor();
    await page.getByRole('heading', { name: 'orderLines' }).waitFor({ state: 'detached' });
    assert.equal(await page.getByRole('row').filter({ has: page.getByText('birthDate', { exact: true }) }).count(), 1);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'the page scrolls sideways');
  });
}
