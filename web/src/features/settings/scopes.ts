/** What a key can be allowed, in the order of the menu. */
export const nouns = ['customers', 'leads', 'orders', 'products', 'imports', 'segments', 'scores', 'templates', 'campaigns', 'exports', 'jobs', 'workspace'] as const;
export type Noun = (typeof nouns)[number];
export const rights = ['none', 'read', 'write'] as const;
export type Right = (typeof rights)[number];

/** Who may write may read: the scopes of what was chosen for each noun. */
export function scopesOf(chosen: Readonly<Partial<Record<Noun, Right>>>): string[] {
  return nouns.flatMap((noun) => {
    const right = chosen[noun] ?? 'none';
    return right === 'none' ? [] : right === 'read' ? [`${noun}:read`] : [`${noun}:read`, `${noun}:write`];
  });
}
