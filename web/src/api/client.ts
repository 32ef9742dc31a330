import createClient, { type Middleware } from 'openapi-fetch';
import { problemFrom, problemOf } from './problem';
import { noteChange, recentChanges } from './recent';
import type { paths } from './schema';
import { refresh, token } from './token';

const sessionless = /\/v1\/(signup|login|token\/refresh|logout|email-verification|password)/;

/** What every call carries; the key lets a repeated POST be answered once. */
const headers: Middleware = {
  onRequest({ request }) {
    const bearer = token();
    if (bearer) request.headers.set('Authorization', `Bearer ${bearer}`);
    request.headers.set('Accept-Language', document.documentElement.lang || 'ko');
    if (request.method === 'POST' && !request.headers.has('Idempotency-Key')) {
      request.headers.set('Idempotency-Key', crypto.randomUUID());
    }
    const recent = recentChanges(request);
    if (recent) request.headers.set('Dangol-Recent', recent);
    return request;
  },
  onResponse({ request, response }) {
    noteChange(request, response);
  },
};

/** Sends once more after a refreshed token. The clone is taken before sending, for a body can be read only once. */
async function send(request: Request): Promise<Response> {
  const again = request.clone();
  const response = await fetch(request);
  if (response.status !== 401 || sessionless.test(new URL(request.url).pathname)) return response;
  if (!(await refresh())) return response;
  again.headers.set('Authorization', `Bearer ${token() ?? ''}`);
  return fetch(again);
}

// Figures are also answered as CSV; the console asks for JSON.
export const api = createClient<paths, 'application/json'>({
  baseUrl: typeof location === 'undefined' ? '' : location.origin,
  credentials: 'same-origin',
  fetch: send,
});
api.use(headers);

interface Answer<T> { data?: T; error?: unknown; response: Response }

/** The body of a call, or an ApiProblem thrown: `await call(api.GET('/v1/me'))`. */
export async function call<T>(answer: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await answer.catch((cause: unknown) => {
    // An aborted query is not a failure: TanStack Query wants the abort itself.
    throw cause instanceof DOMException && cause.name === 'AbortError' ? cause : problemOf(cause);
  });
  if (!response.ok) throw problemFrom(response, error);
  return data as T;
}

/** Body and ETag, for records that will be patched with If-Match. */
export async function callWithTag<T>(answer: Promise<Answer<T>>): Promise<{ data: T; etag: string | undefined }> {
  const awaited = await answer.catch((cause: unknown) => { throw problemOf(cause); });
  const data = await call(Promise.resolve(awaited));
  return { data, etag: awaited.response.headers.get('ETag') ?? undefined };
}
