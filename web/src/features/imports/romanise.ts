const first = ['g', 'kk', 'n', 'd', 'tt', 'r', 'm', 'b', 'pp', 's', 'ss', '', 'j', 'jj', 'ch', 'k', 't', 'p', 'h'];
const middle = ['a', 'ae', 'ya', 'yae', 'eo', 'e', 'yeo', 'ye', 'o', 'wa', 'wae', 'oe', 'yo', 'u', 'wo', 'we', 'wi', 'yu', 'eu', 'ui', 'i'];
const last = ['', 'k', 'k', 'k', 'n', 'n', 'n', 't', 'l', 'k', 'm', 'l', 'l', 'l', 'p', 'l', 'm', 'p', 'p', 't', 't', 'ng', 't', 't', 'k', 't', 'p', 't'];
const hangul = 0xac00;
const longest = 40;

/** The key of a new field from a column's name: letters only, Hangul by the Revised Romanisation without its sound changes (등급 -> deunggeup). */
export function keyFrom(name: string, place: number): string {
  const latin = [...name.normalize('NFC')].map((char) => {
    const code = (char.codePointAt(0) ?? 0) - hangul;
    if (code < 0 || code > 11171) return char;
    return `${first[Math.floor(code / 588)] ?? ''}${middle[Math.floor((code % 588) / 28)] ?? ''}${last[code % 28] ?? ''}`;
  }).join('');
  const words = latin.split(/[^A-Za-z0-9]+/).filter(Boolean);
  const key = words.map((word, i) => (i === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1)).join('').replace(/^\d+/, '');
  return (key ? key.charAt(0).toLowerCase() + key.slice(1) : `column${place + 1}`).slice(0, longest);
}
