export function findI18nProblems(): string[];
