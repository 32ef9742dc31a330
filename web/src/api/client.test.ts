import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api, call } from './client';
import { isProblem } from './problem';
import { setToken, token } from './token';

type Handler = (request: Request) => Response;
let handler: Handler;
let seen: Request[];

const json = (status: number, body: unknown, type = 'application/json') =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': type } });

beforeEach(() => {
  seen = [];
  setToken(undefined);
  document.documentElement.lang = 'ko';
  vi.stubGlobal('fetch', (input: Request | string, init?: RequestInit) => {
    const request = input instanceof Request ? input : new Request(new URL(input, location.origin), init);
    seen.push(request);
    return Promise.resolve(handler(request));
  });
});
afterEach(() => vi.unstubAllGlobals());

const path = (request: Request) => new URL(request.url).pathname;

describe('api client', () => {
  it('sends the token and the language, and a key on POST only', async () => {
    setToken('t1');
    handler = () => json(200, {});
    await call(api.GET('/v1/me'));
    await call(api.POST('/v1/login', { body: { email: 'a@b.kr', password: 'secret' } }));
    expect(seen[0]?.headers.get('Authorization')).toBe('Bearer t1');
    expect(seen[0]?.headers.get('Accept-Language')).toBe('ko');
    expect(seen[0]?.headers.has('Idempotency-Key')).toBe(false);
    expect(seen[1]?.headers.get('Idempotency-Key')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('refreshes once for all calls that met a 401, then repeats them with the same key', async () => {
    setToken('old');
    handler = (request) => {
      if (path(request) === '/v1/token/refresh') return json(200, { accessToken: 'new', expiresIn: 900 });
      return request.headers.get('Authorization') === 'Bearer new' ? json(200, { user: {} }) : json(401, { code: 'unauthenticated' });
    };
    await Promise.all([call(api.GET('/v1/me')), call(api.GET('/v1/me'))]);
    expect(seen.filter((request) => path(request) === '/v1/token/refresh')).toHaveLength(1);
    expect(token()).toBe('new');
  });

  it('forgets the token when the refresh is refused, and says 401', async () => {
    setToken('old');
    handler = () => json(401, { code: 'unauthenticated', title: 'no', status: 401 });
    await expect(call(api.GET('/v1/me'))).rejects.toMatchObject({ status: 401, code: 'unauthenticated' });
    expect(token()).toBeUndefined();
  });

  it('turns problem+json into a problem with its fields', async () => {
    handler = () => json(422, { title: 'Check the fields', code: 'invalid', requestId: 'r1', errors: [{ pointer: '/email', code: 'taken', detail: '이미 있어요' }] }, 'application/problem+json');
    const thrown: unknown = await call(api.POST('/v1/login', { body: { email: '', password: '' } })).catch((e: unknown) => e);
    expect(isProblem(thrown) && thrown.fields).toEqual([{ pointer: '/email', code: 'taken', detail: '이미 있어요' }]);
    expect(isProblem(thrown) && thrown.requestId).toBe('r1');
  });

  it('calls a dead network offline', async () => {
    handler = () => { throw new TypeError('fetch failed'); };
    await expect(call(api.GET('/v1/me'))).rejects.toMatchObject({ status: 0, code: 'offline' });
  });
});
