/** The words of every page but the home page, one chunk, by feature file; a new file needs no registration. */
export const words = import.meta.glob(['./en/*.json', '!./en/{frame,home,jobs,sample,session,ui}.json'], { eager: true, import: 'default' });
