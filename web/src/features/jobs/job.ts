const kinds = ['importCheck', 'importCommit', 'importUndo', 'scoreRebuild', 'segmentExport', 'listExport', 'segmentRebuild', 'campaignPlan', 'sampleData', 'customerBulk', 'customerBulkUndo'] as const;

/** A kind that this console does not know yet is still a job. */
export function kindOf(kind: string): (typeof kinds)[number] | 'other' {
  return kinds.find((known) => known === kind) ?? 'other';
}

export function exportIdOf(result: unknown): string | undefined {
  if (typeof result !== 'object' || result === null || !('exportId' in result)) return undefined;
  return typeof result.exportId === 'string' ? result.exportId : undefined;
}
