import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { mendParticles } from '@/lib/josa';
import { chosenLanguage, isLanguage, keepLanguage } from '@/lib/preferences';

/** One chunk per language; the other language loads only when asked for. */
const backend = {
  type: 'backend' as const,
  // Two parameters, though one is used: i18next reads a promise only from a function of length two.
  async read(language: string, _namespace: string) {
    const { words } = await (language === 'en' ? import('./en') : import('./ko'));
    return Object.fromEntries(Object.entries(words).map(([path, file]) => [path.replace(/^.*\/|\.json$/g, ''), file]));
  },
};

/** Particles follow the name, whatever name comes: 은(는) in a Korean text becomes 은 or 는. */
const particles = {
  type: 'postProcessor' as const,
  name: 'particles',
  process: (value: string) => (i18next.language === 'ko' ? mendParticles(value) : value),
};

/** Languages change with `i18n.changeLanguage(code)` anywhere; the choice is kept and the document told here, once. */
export async function startWords(): Promise<void> {
  let started = false;
  const first = chosenLanguage();
  document.documentElement.lang = first;
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
    // The browser's own language is a default, not a choice; only a change is kept.
    if (started && isLanguage(language)) keepLanguage(language);
  });
  await i18next.use(backend).use(initReactI18next).use(particles).init({
    lng: first,
    ns: 'translation',
    fallbackLng: false,
    load: 'currentOnly',
    returnNull: false,
    showSupportNotice: false,
    postProcess: ['particles'],
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  started = true;
}
