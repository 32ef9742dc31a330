import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { queryOf, type Asked } from '@/api/asked';
import { api, call } from '@/api/client';
import type { components } from '@/api/schema';
import { useList } from '@/api/useList';

type Record = components['schemas']['Order'];
type Buyer = Pick<components['schemas']['Customer'], 'id' | 'name' | 'email' | 'phone'>;

/** An order with who placed it, unless they are archived or not for the caller to see. */
export interface Order extends Record { buyer?: Buyer | undefined }

export function useOrders(asked: Asked) {
  return useList(['orders', 'list', asked], async (cursor, signal) => {
    const page = await call(api.GET('/v1/orders', { params: { query: { ...queryOf(asked), cursor, limit: 50 } }, signal }));
    const buyers = await buyersOf(page.data, signal);
    return { ...page, data: page.data.map((order): Order => ({ ...order, buyer: buyers.get(order.customerId) })) };
  });
}

/** Who placed the orders of a page; nobody where the caller may not know, or the question fails: the orders are there all the same. */
async function buyersOf(orders: readonly Record[], signal: AbortSignal): Promise<Map<string, Buyer>> {
  const ids = [...new Set(orders.map(({ customerId }) => customerId))];
  if (ids.length === 0) return new Map();
  const { data } = await api.GET('/v1/customers', { params: { query: { filter: `id in (${ids.join(',')})`, fields: 'id,name,email,phone', limit: 200 } }, signal });
  return new Map((data?.data ?? []).map((buyer) => [buyer.id, buyer]));
}

/** The orders of a list, counted by a field. */
export function useGroups({ q, filter }: Asked, by: string) {
  return useQuery({
    queryKey: ['orders', 'groups', q, filter, by], enabled: by !== '', placeholderData: keepPreviousData,
    queryFn: ({ signal }) => call(api.GET('/v1/orders/groups', { params: { query: { ...queryOf({ q, filter, sort: '' }), by, limit: 12 } }, signal })),
  });
}
