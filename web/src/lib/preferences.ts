/** What a person chose on this device. Small facts only; records live on the server. */
export type Language = 'ko' | 'en';

const prefix = 'dangol.';

export function readPreference(name: string): string | null {
  // Private windows may refuse storage; the console then simply forgets.
  try {
    return localStorage.getItem(prefix + name);
  } catch {
    return null;
  }
}

export function keepPreference(name: string, value: string): void {
  try {
    localStorage.setItem(prefix + name, value);
  } catch {
    return;
  }
}

export const isLanguage = (value: unknown): value is Language => value === 'ko' || value === 'en';

/** The stored choice, else the first browser language the console speaks, else Korean. */
export function chosenLanguage(): Language {
  const kept = readPreference('language');
  if (isLanguage(kept)) return kept;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'ko';
}

export const hasChosenLanguage = (): boolean => isLanguage(readPreference('language'));
export const keepLanguage = (language: Language): void => keepPreference('language', language);
