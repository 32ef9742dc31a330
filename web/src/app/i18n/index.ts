import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { mendParticles } from '@/lib/josa';
import { chosenLanguage, isLanguage, keepLanguage } from '@/lib/preferences';

type Files = Record<string, unknown>;

const first = { ko: () => import('./ko'), en: () => import('./en') };
const pages = { ko: () => import('./koPages'), en: () => import('./enPages') };
const byFeature = (files: Files) => Object.fromEntries(Object.entries(files).map(([path, file]) => [path.replace(/^.*\/|\.json$/g, ''), file]));
const take = async (load: () => Promise<{ words: Files }>) => byFeature((await load()).words);

/** Whether a page has asked for its words: from then on a language comes whole. */
let whole = false;

/** Two chunks per language, the first view's and the pages'; the other language loads only when asked for. */
const backend = {
  type: 'backend' as const,
  // Two parameters, though one is used: i18next reads a promise only from a function of length two.
  async read(language: string, _namespace: string) {
    const code = isLanguage(language) ? language : 'ko';
    const words = await take(first[code]);
    return whole ? { ...words, ...(await take(pages[code])) } : words;
  },
};

/** Adds the pages' words to each language that is here; a page waits for it beside its own chunk, so that no key is ever shown. */
export async function pageWords(): Promise<void> {
  whole = true;
  const here = (['ko', 'en'] as const).filter((code) => i18next.hasResourceBundle(code, 'translation'));
  await Promise.all(here.map(async (code) => i18next.addResourceBundle(code, 'translation', await take(pages[code]), true, true)));
}

/** Particles follow the name, whatever name comes: 은(는) in a Korean text becomes 은 or 는. */
const particles = {
  type: 'postProcessor' as const,
  name: 'particles',
  process: (value: string) => (i18next.language === 'ko' ? mendParticles(value) : value),
};

/** Languages change with `i18n.changeLanguage(code)` anywhere; the choice is kept and the document told here, once. */
export async function startWords(): Promise<void> {
  let started = false;
  const chosen = chosenLanguage();
  document.documentElement.lang = chosen;
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
    // The browser's own language is a default, not a choice; only a change is kept.
    if (started && isLanguage(language)) keepLanguage(language);
  });
  await i18next.use(backend).use(initReactI18next).use(particles).init({
    lng: chosen,
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
