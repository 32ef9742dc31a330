export type Josa = '은/는' | '이/가' | '을/를' | '과/와' | '으로/로';

const hangulFirst = 0xac00;
const hangulLast = 0xd7a3;
const finals = 28;
const rieul = 8;

/** Final sounds of digits as read in Korean: 영 일 이 삼 사 오 육 칠 팔 구. 8 is ㄹ (일, 칠, 팔 end so), 1 any other final, 0 none. */
const digitFinals = [1, rieul, 0, 1, 0, 0, 1, rieul, rieul, 0] as const;

/** Latin letters that Koreans read with a final consonant when a word ends in them; a rule of thumb that is right for most brand names. */
const latinFinals: Record<string, number> = { l: rieul, m: 1, n: 1, b: 1, k: 1, p: 1, t: 1, g: 1 };

function finalSound(word: string): number {
  const last = [...word.replace(/[^\p{L}\p{N}]+$/u, '')].at(-1);
  if (last === undefined) return 0;
  const code = last.codePointAt(0) ?? 0;
  if (code >= hangulFirst && code <= hangulLast) return (code - hangulFirst) % finals;
  if (/\d/.test(last)) return digitFinals[Number(last)] ?? 0;
  return latinFinals[last.toLowerCase()] ?? 0;
}

/** The particle that follows a word: josa('김민수', '이/가') -> '가'. */
export function josa(word: string, pair: Josa): string {
  const [closed, open] = pair.split('/') as [string, string];
  const final = finalSound(word);
  if (pair === '으로/로') return final === 0 || final === rieul ? open : closed;
  return final === 0 ? open : closed;
}

const marks: Record<string, Josa> = { '은(는)': '은/는', '이(가)': '이/가', '을(를)': '을/를', '과(와)': '과/와', '(으)로': '으로/로' };
const marked = /(.?)(["'”’)\]]*)(은\(는\)|이\(가\)|을\(를\)|과\(와\)|\(으\)로)/gu;

/** Mends the neutral forms a translation is written with: "민지이(가)" -> "민지가". i18next runs every Korean sentence through it. */
export function mendParticles(sentence: string): string {
  return sentence.replace(marked, (whole: string, last: string, quotes: string, mark: string) => {
    const pair = marks[mark];
    return pair ? `${last}${quotes}${josa(last, pair)}` : whole;
  });
}
