export interface PasswordHelp { length: boolean; plain: boolean; varied: boolean }

/** The same rules as shared/identity/passwordrules.go, which has the last word and also knows the passwords that everyone tries. */
export const shortestPassword = 8;

export function passwordHelp(password: string, email: string, company: string): PasswordHelp {
  const lower = password.toLowerCase();
  const beside = [email, email.split('@')[0] ?? '', company].map((word) => word.trim().toLowerCase());
  return {
    // Characters, not bytes: Hangul is worth as much as Latin.
    length: [...password].length >= shortestPassword,
    plain: password !== '' && !beside.some((word) => guessable(lower, word)),
    varied: password !== '' && !monotone([...lower]),
  };
}

export const isGood = (help: PasswordHelp): boolean => help.length && help.plain && help.varied;

/** Nothing but a few characters is left once the word is taken out. */
function guessable(password: string, word: string): boolean {
  if ([...word].length < 4 || !password.includes(word)) return false;
  return [...password.replaceAll(word, '')].length < 4;
}

/** One character, or two or three in turn: aaaaaaaa, abababab. */
const monotone = (letters: readonly string[]): boolean =>
  [1, 2, 3].some((period) => letters.slice(period).every((letter, i) => letter === letters[i]));

/** Enough to catch a slip of the finger; the mail sent to the address is the real check. */
export const looksLikeEmail = (email: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim());
