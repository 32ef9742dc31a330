import { api, call } from '@/api/client';

/** Customers for the command palette: name first, the way to reach them beside it. */
export async function findCustomers(text: string, signal: AbortSignal) {
  const { data } = await call(api.GET('/v1/customers', { params: { query: { q: text, limit: 6 } }, signal }));
  return (data ?? []).map(({ id, name, email, phone }) => ({ id, title: name ?? email ?? phone ?? id, detail: email ?? phone, path: `/customers/${id}` }));
}
