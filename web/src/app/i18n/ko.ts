/** All words of one language as one chunk, by feature file; a new file needs no registration. */
export const words = import.meta.glob('./ko/*.json', { eager: true, import: 'default' });
