// Both languages are complete, every key is used, every used key exists. Run by `npm run i18n`, by the build and by Vitest.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const src = join(fileURLToPath(import.meta.url), '../../src');
const languages = ['ko', 'en'];
const plural = /_(zero|one|two|few|many|other)$/;

function flatten(value, path, into) {
  if (typeof value === 'string') into.set(path, value);
  else for (const [key, inner] of Object.entries(value)) flatten(inner, path ? `${path}.${key}` : key, into);
  return into;
}

function words(language) {
  const folder = join(src, 'app/i18n', language);
  const all = new Map();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    flatten(JSON.parse(readFileSync(join(folder, file), 'utf8')), basename(file, '.json'), all);
  }
  return all;
}

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !/\.(test|d)\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** Literals that look like a key ("ui.table.more"), and templates by their fixed beginning (`ui.unit.${unit}`). */
function usedKeys(features) {
  const names = [...features].join('|');
  const literal = new RegExp(`['"\`]((?:${names})(?:\\.\\w+)+)['"\`]`, 'g');
  const template = new RegExp(`\`((?:${names})\\.[\\w.]*)\\$\\{`, 'g');
  const joined = /\bt\([^()]*\)\s*\+|\+\s*t\(/;
  const found = { literals: new Map(), prefixes: new Map(), joined: [] };
  for (const file of sources(src)) {
    const text = readFileSync(file, 'utf8');
    const name = file.slice(src.length + 1);
    for (const [, key] of text.matchAll(literal)) found.literals.set(key, name);
    for (const [, key] of text.matchAll(template)) found.prefixes.set(key, name);
    if (joined.test(text)) found.joined.push(name);
  }
  return found;
}

const placeholders = (sentence) => [...sentence.matchAll(/\{\{(\w+)/g)].map(([, name]) => name).sort().join();

export function findI18nProblems() {
  const [ko, en] = languages.map(words);
  const bases = (map) => new Set([...map.keys()].map((key) => key.replace(plural, '')));
  const [koKeys, enKeys] = [bases(ko), bases(en)];
  const known = new Set([...koKeys, ...enKeys]);
  const used = usedKeys(new Set([...known].map((key) => key.split('.')[0])));
  const isUsed = (key) => used.literals.has(key) || [...used.prefixes.keys()].some((prefix) => key.startsWith(prefix));
  return [
    ...[...enKeys].filter((key) => !koKeys.has(key)).map((key) => `missing in ko: ${key}`),
    ...[...koKeys].filter((key) => !enKeys.has(key)).map((key) => `missing in en: ${key}`),
    ...[...en.keys()].filter((key) => key.endsWith('_one') && !en.has(key.replace(/_one$/, '_other'))).map((key) => `no _other beside ${key}`),
    ...[...ko].filter(([key, text]) => en.has(key) && placeholders(en.get(key)) !== placeholders(text)).map(([key]) => `other placeholders in ko and en: ${key}`),
    ...[...known].filter((key) => !isUsed(key)).map((key) => `unused: ${key}`),
    ...[...used.literals].filter(([key]) => !known.has(key)).map(([key, file]) => `unknown: ${key} (${file})`),
    ...[...used.prefixes].filter(([prefix]) => ![...known].some((key) => key.startsWith(prefix))).map(([prefix, file]) => `nothing begins with ${prefix} (${file})`),
    ...used.joined.map((file) => `a sentence put together with + in ${file}`),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = findI18nProblems();
  for (const problem of problems) console.error(`i18n: ${problem}`);
  if (problems.length > 0) process.exit(1);
  console.log('i18n: both languages complete');
}
