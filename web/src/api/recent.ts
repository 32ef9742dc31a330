/** How long what was changed here may be missing from the lake, with some room, in ms. */
const memory = 10_000;
const most = 50;

/** What is asked of the lake soon after a change is told what changed, so that it is right at once. */
const lists = /\/(customers|orders|leads|campaigns)(\/groups)?$|\/(members|preview|audience)$/;
const ids = /\b(?:cus|ord|led|cmp)_[0-9A-HJKMNP-TV-Z]{26}\b/g;

const changed = new Map<string, number>();

/** Notes the records that a successful write was about: those in its address, and the one that it made. */
export function noteChange(request: Request, response: Response, now = Date.now()): void {
  if (request.method === 'GET' || !response.ok) return;
  const about = `${new URL(request.url).pathname} ${response.headers.get('Location') ?? ''}`;
  for (const id of about.match(ids) ?? []) {
    changed.delete(id);
    changed.set(id, now);
  }
}

/** The header of a question that is asked now; undefined when nothing was changed lately. */
export function recentChanges(request: Request, now = Date.now()): string | undefined {
  const { pathname } = new URL(request.url);
  if (!lists.test(pathname) || request.method !== (pathname.endsWith('/preview') ? 'POST' : 'GET')) return undefined;
  for (const [id, at] of changed) if (now - at > memory) changed.delete(id);
  const latest = [...changed.keys()].slice(-most);
  return latest.length > 0 ? latest.join(',') : undefined;
}
