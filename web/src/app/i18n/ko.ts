/** The words of the first view, one chunk: the frame, what it holds, the home page and signing in. The pages' own words follow with the pages (`koPages.ts`). */
export const words = import.meta.glob('./ko/{frame,home,jobs,sample,session,ui}.json', { eager: true, import: 'default' });
