const kinds = ['import', 'export', 'campaign', 'scores', 'bulk'] as const;

/** `imports.commit`, `segmentExport`, `score-rebuild`: the server may name kinds finely, people read one of five words. */
export function kindOf(kind: string): (typeof kinds)[number] | 'other' {
  const lower = kind.toLowerCase();
  if (lower.includes('score')) return 'scores';
  return kinds.find((known) => lower.includes(known)) ?? 'other';
}

export function exportIdOf(result: unknown): string | undefined {
  if (typeof result !== 'object' || result === null || !('exportId' in result)) return undefined;
  return typeof result.exportId === 'string' ? result.exportId : undefined;
}
