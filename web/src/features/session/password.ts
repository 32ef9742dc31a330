export interface PasswordHelp { length: boolean; plain: boolean; varied: boolean }
export const shortestPassword = 10;

/** What the live help ticks off; the server has the last word. Length counts characters, so Hangul is worth as much as Latin. */
export function passwordHelp(password: string, email: string, company: string): PasswordHelp {
  const lower = password.toLowerCase();
  const same = [email.split('@')[0], email, company].some((own) => own !== undefined && own.length >= 4 && lower.includes(own.toLowerCase().trim()));
  return {
    length: [...password].length >= shortestPassword,
    plain: password !== '' && !same,
    varied: new Set(lower).size >= 4,
  };
}

export const isGood = (help: PasswordHelp): boolean => help.length && help.plain && help.varied;

/** Enough to catch a slip of the finger; the mail sent to the address is the real check. */
export const looksLikeEmail = (email: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim());
