import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { mendParticles } from '@/lib/josa';
import { chosenLanguage, keepLanguage, type Language } from '@/lib/preferences';

type Words = Record<string, unknown>;

/** One chunk per language and feature file; the other language never loads. A new file needs no registration. */
const files = {
  ko: import.meta.glob<Words>('./ko/*.json', { import: 'default' }),
  en: import.meta.glob<Words>('./en/*.json', { import: 'default' }),
};

async function wordsOf(language: Language): Promise<Words> {
  const loaded = await Promise.all(
    Object.entries(files[language]).map(async ([path, load]) => [path.replace(/^.*\/|\.json$/g, ''), await load()] as const),
  );
  return Object.fromEntries(loaded);
}

/** Particles follow the name, whatever name comes: 은(는) in a Korean text becomes 은 or 는. */
const particles = {
  type: 'postProcessor' as const,
  name: 'particles',
  process: (value: string) => (i18next.language === 'ko' ? mendParticles(value) : value),
};

export async function startWords(): Promise<void> {
  const language = chosenLanguage();
  await i18next.use(initReactI18next).use(particles).init({
    lng: language,
    resources: { [language]: { translation: await wordsOf(language) } },
    fallbackLng: false,
    returnNull: false,
    postProcess: ['particles'],
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = language;
}

export async function changeLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation')) {
    i18next.addResourceBundle(language, 'translation', await wordsOf(language));
  }
  keepLanguage(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
