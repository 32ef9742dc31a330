import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mendParticles } from '../../src/lib/josa.ts';
import type { Language } from './stand.ts';

const folder = join(import.meta.dirname, '../../src/app/i18n');
type Node = string | { [key: string]: Node };

/** The console's own words, so that one story speaks both languages: `say('imports.checked.submit', { shown: '4' })`; numbers speak the plural. */
export function speaker(language: Language): (key: string, values?: Record<string, string | number>) => string {
  return (key, values = {}) => {
    const [file = '', ...path] = key.split('.');
    const found = path.reduce<Node | undefined>((node, part) => (typeof node === 'object' ? node[part] ?? node[`${part}_other`] : undefined), JSON.parse(readFileSync(join(folder, language, `${file}.json`), 'utf8')) as Node);
    if (typeof found !== 'string') throw new Error(`no words for ${key} in ${language}`);
    const said = found.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
    return language === 'ko' ? mendParticles(said) : said;
  };
}
