import { expect, it } from 'vitest';
import { buyerOf, productsOf } from './order';
import type { Order } from './queries';

const line = (name: string | undefined, productId?: string) => ({ name, productId, quantity: '1', unitPrice: { amount: '1', currency: 'KRW' } }) as NonNullable<Order['lines']>[number];

it('names the first product and counts the others', () => {
  expect(productsOf({ lines: [line('시집'), line(undefined, 'prd_1')] })).toEqual({ first: '시집', more: 1 });
  expect(productsOf({ lines: [line(undefined)] })).toEqual({ first: '', more: 0 });
  expect(productsOf({})).toEqual({ first: '', more: 0 });
});

it('names who placed it by what is known of them', () => {
  expect(buyerOf({ buyer: { id: 'cus_1', email: 'kim@shop.kr' } } as Order)).toBe('kim@shop.kr');
  expect(buyerOf({} as Order)).toBe('');
});
