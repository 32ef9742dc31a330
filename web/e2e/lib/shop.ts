import { cdnow } from './cdnow.ts';
import type { Language } from './stand.ts';

const batch = 200;

/** A workspace with the customers and orders of CDNOW, brought in through the API; a browser logs in with the address and password. */
export async function cdnowShop(url: string, language: Language): Promise<{ email: string; password: string }> {
  const email = `cdnow.${Date.now()}@shop.kr`;
  const password = '고래가 셋 blue whale';
  let token = '';
  const post = async (path: string, body: unknown): Promise<Record<string, unknown>> => {
    const reply = await fetch(`${url}/v1${path}`, { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json', ...(token ? { Authorization: `Bearer ${token}` } : {}) } });
    if (!reply.ok) throw new Error(`POST ${path}: ${reply.status} ${await reply.text()}`);
    return await reply.json() as Record<string, unknown>;
  };
  const bringIn = async (path: string, rows: readonly unknown[]) => {
    for (let i = 0; i < rows.length; i += batch) await post(path, { data: rows.slice(i, i + batch) });
  };
  const lines = (file: { buffer: Buffer }) => file.buffer.toString().trim().split('\n').slice(1).map((line) => line.split(','));
  token = String((await post('/signup', { email, password, company: '음반가게', language, timeZone: 'Asia/Seoul', currency: 'KRW' })).accessToken);
  const files = cdnow(language);
  await bringIn('/customers/batch', lines(files.customers).map(([externalId, name]) => ({ externalId, name })));
  await bringIn('/orders/batch', lines(files.orders).map(([externalId, customerExternalId, day, total]) => ({ externalId, customerExternalId, orderedAt: `${day ?? ''}T03:00:00Z`, total })));
  return { email, password };
}
