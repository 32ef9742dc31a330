import { expect, it } from 'vitest';
import { findI18nProblems } from '../../../scripts/i18n.mjs';

it('has every word in both languages, and no word that nobody says', () => {
  expect(findI18nProblems()).toEqual([]);
});
