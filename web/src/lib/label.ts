/** A name in Korean, in English, or in both. */
export interface Label { ko?: string | undefined; en?: string | undefined }

/** A label in the reader's language, else in the other. */
export const labelIn = (label: Label, language: string): string => (language === 'ko' ? label.ko || label.en : label.en || label.ko) ?? '';
