/**
 * The access token lives in this module's memory and nowhere else: a script injected into another tab or a later visit finds nothing.
 * The refresh cookie (HttpOnly) brings it back after a reload.
 */
let accessToken: string | undefined;
let refreshing: Promise<boolean> | undefined;
const listeners = new Set<() => void>();

export const token = (): string | undefined => accessToken;

export function setToken(next: string | undefined): void {
  if (next === accessToken) return;
  accessToken = next;
  listeners.forEach((listener) => listener());
}

export function onToken(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Asks for a new access token, once for all who wait. False means the person must log in. A dead network throws. */
export function refresh(send: typeof fetch = fetch): Promise<boolean> {
  refreshing ??= acrossTabs(() => exchange(send)).finally(() => {
    refreshing = undefined;
  });
  return refreshing;
}

/** Two tabs that spend one rotating cookie at the same time look like theft to the server; the lock lets them queue. */
async function acrossTabs(work: () => Promise<boolean>): Promise<boolean> {
  const { locks } = navigator as { locks?: LockManager };
  return locks ? await locks.request('dangol-refresh', work) : await work();
}

async function exchange(send: typeof fetch): Promise<boolean> {
  const response = await send('/v1/token/refresh', {
    method: 'POST',
    credentials: 'same-origin',
    headers: { 'Idempotency-Key': crypto.randomUUID(), Accept: 'application/json' },
  });
  if (response.ok) {
    const body: unknown = await response.json();
    const next = (body as { accessToken?: unknown } | null)?.accessToken;
    if (typeof next === 'string') {
      setToken(next);
      return true;
    }
  }
  if (response.status >= 500) throw new Error(`refresh answered ${response.status}`);
  setToken(undefined);
  return false;
}
