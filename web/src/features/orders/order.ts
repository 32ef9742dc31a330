import type { Order } from './queries';

/** Who placed it, as the list calls them; '' where nobody may be named. */
export const buyerOf = ({ buyer }: Order): string => buyer?.name ?? buyer?.email ?? buyer?.phone ?? '';

/** The first product, and how many lines stand behind it. */
export function productsOf({ lines }: Pick<Order, 'lines'>): { first: string; more: number } {
  const names = (lines ?? []).map(({ name, productId }) => name ?? productId ?? '').filter(Boolean);
  return { first: names[0] ?? '', more: Math.max(0, names.length - 1) };
}
