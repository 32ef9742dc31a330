import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

interface Account { email: string; password: string; company: string; language: string; timeZone: string; currency: string }
export interface FakeJob { id: string; kind: string; status: string; total: number; done: number; failed: number; startedAt: string; finishedAt?: string; result?: Record<string, unknown> }

/** Sessions and jobs in memory: enough to look at the frame before the Go host exists, and to hold still states that a real one passes through. */
export function makeFake(jobs: FakeJob[] = []) {
  const accounts = new Map<string, Account>();
  const sessions = new Map<string, Account>();

  const opened = (account: Account) => {
    const accessToken = randomUUID();
    sessions.set(accessToken, account);
    return { ...about(account), accessToken, expiresIn: 900 };
  };
  const cookie = (account: Account) => ({ 'Set-Cookie': `refresh=${encodeURIComponent(account.email)}; HttpOnly; Path=/v1; SameSite=Strict` });

  return async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (status: number, body?: unknown, headers: Record<string, string> = {}) => {
      response.writeHead(status, { 'Content-Type': status < 400 ? 'application/json' : 'application/problem+json', ...headers });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    };
    const route = `${request.method ?? 'GET'} ${(request.url ?? '').split('?')[0] ?? ''}`;
    const body = await read(request);
    const account = sessions.get((request.headers.authorization ?? '').replace('Bearer ', ''));

    if (route === 'POST /v1/signup') {
      const wanted = body as unknown as Account;
      if (accounts.has(wanted.email)) {
        return send(422, { status: 422, code: 'invalid', title: 'invalid', errors: [{ pointer: '/email', code: 'taken', detail: '이미 쓰고 있는 이메일이에요.' }] });
      }
      accounts.set(wanted.email, wanted);
      return send(201, opened(wanted), cookie(wanted));
    }
    if (route === 'POST /v1/login') {
      const known = accounts.get(String(body.email));
      return known?.password === body.password && known ? send(200, opened(known), cookie(known)) : send(401, { status: 401, code: 'unauthenticated' });
    }
    if (route === 'POST /v1/token/refresh') {
      const email = /refresh=([^;]+)/.exec(request.headers.cookie ?? '')?.[1];
      const known = email ? accounts.get(decodeURIComponent(email)) : undefined;
      return known ? send(200, opened(known)) : send(401, { status: 401, code: 'unauthenticated' });
    }
    if (route === 'POST /v1/logout') return send(204, undefined, { 'Set-Cookie': 'refresh=; Max-Age=0; Path=/v1' });
    if (route === 'POST /v1/email-verification') return body.token === 'good' ? send(204) : send(400, { status: 400, code: 'tokenSpent' });
    if (!account) return send(401, { status: 401, code: 'unauthenticated' });
    if (route === 'GET /v1/me') return send(200, { ...about(account), scopes: ['*'], emailVerified: false });
    if (route === 'GET /v1/jobs') return send(200, { data: jobs });
    return send(404, { status: 404, code: 'notFound' });
  };
}

function about(account: Account) {
  return {
    user: { id: 'usr_1', email: account.email, language: account.language },
    workspace: { id: 'wsp_1', company: account.company, language: account.language, timeZone: account.timeZone, currency: account.currency },
  };
}

async function read(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text ? (JSON.parse(text) as Record<string, unknown>) : {};
}
