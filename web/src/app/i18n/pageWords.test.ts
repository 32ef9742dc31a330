import i18next from 'i18next';
import { expect, it } from 'vitest';
import { pageWords, startWords } from '.';

// One story, in order: the words are the whole console's, not one test's.
it('brings the pages\' words when a page asks, then with every language', async () => {
  localStorage.setItem('dangol.language', 'ko');
  await startWords();
  expect([i18next.exists('home.title'), i18next.exists('customers.title')], 'the first view alone').toEqual([true, false]);

  await i18next.changeLanguage('en');
  await pageWords();
  expect(i18next.t('customers.title'), 'the language on the screen').toBe('Customers');

  await i18next.changeLanguage('ko');
  expect(i18next.t('customers.title'), 'the language chosen before').toBe('고객');
  expect(i18next.exists('home.title'), 'the first view stays').toBe(true);
});
