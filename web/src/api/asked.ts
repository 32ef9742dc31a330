/** What a list is asked: as its address and its views have it. */
export interface Asked { q: string; filter: string; sort: string }

/** The part of a list's query that narrows and sorts it. */
export const queryOf = ({ q, filter, sort }: Asked) => ({ ...(q ? { q } : {}), ...(filter ? { filter } : {}), ...(sort ? { sort } : {}) });
