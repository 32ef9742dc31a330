/** Small readings of Liquid for the editor; the API is the one that decides what is right. */

/** The variable that is being typed at the caret, if one is: where it begins and what is there of it. */
export function openVariable(source: string, caret: number): { from: number; typed: string } | undefined {
  const found = /\{\{-?\s*([\w.]*)$/.exec(source.slice(0, caret));
  return found ? { from: caret - (found[1]?.length ?? 0), typed: found[1] ?? '' } : undefined;
}

/** Puts a variable at the caret, with the braces that are not there yet; returns where the caret goes on. */
export function insertVariable(source: string, caret: number, path: string): { source: string; caret: number } {
  const open = openVariable(source, caret);
  const before = open ? source.slice(0, open.from).replace(/\s*$/, ' ') : `${source.slice(0, caret)}{{ `;
  const rest = source.slice(caret);
  const after = open && /^[\w.]*\s*[|}]/.test(rest) ? rest.replace(/^[\w.]*/, '') : ` }}${open ? rest.replace(/^[\w.]*/, '') : rest}`;
  const cursor = before.length + path.length;
  return { source: before + path + after, caret: cursor + (/^\s*\}\}/.exec(after)?.[0].length ?? 0) };
}

/** The customer's variables that are printed without a default: where a missing value leaves a hole. */
export function bareVariables(...sources: string[]): string[] {
  const found = sources.flatMap((source) => [...source.matchAll(/\{\{-?\s*(customer\.[\w.]+)([^}]*)\}\}/g)]);
  return [...new Set(found.filter(([, , rest]) => !/\|\s*default\b/.test(rest ?? '')).map(([, path]) => path ?? ''))];
}

/** Line and column of a place in a text; wide letters take two columns of a monospaced font. */
export function placeOf(source: string, caret: number): { line: number; column: number } {
  const lines = source.slice(0, caret).split('\n');
  const last = lines.at(-1) ?? '';
  return { line: lines.length - 1, column: [...last].reduce((width, letter) => width + (/[ᄀ-ᇿ⺀-鿿가-힣＀-｠]/.test(letter) ? 2 : 1), 0) };
}

export const startOfLine = (source: string, line: number): number => source.split('\n').slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
