/** The words of the first view, one chunk: the frame, what it holds, the home page and signing in. The pages' own words follow with the pages (`enPages.ts`). */
export const words = import.meta.glob('./en/{frame,home,jobs,sample,session,ui}.json', { eager: true, import: 'default' });
