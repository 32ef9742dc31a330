import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Language } from './stand.ts';

interface Purchase { customer: string; day: string; amount: string }

/** The 1/10 sample of Fader and Hardie (testdata/cdnow): number in the whole data, number in the sample, day, CDs, dollars. A dollar is taken as a thousand won. */
function purchases(): Purchase[] {
  const text = readFileSync(join(import.meta.dirname, '../../../testdata/cdnow/CDNOW_sample.txt'), 'utf8');
  return text.split('\n').map((line) => line.trim().split(/\s+/)).filter((words) => words.length === 5).map(([customer = '', , day = '', , dollars = '']) => ({
    customer, day: `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`, amount: String(Math.round(Number(dollars) * 1000)),
  }));
}

const heads = {
  ko: { customers: '고객번호,이름,이메일,수신동의', orders: '주문번호,고객번호,주문일,주문금액', name: '고객', yes: '예', no: '아니요' },
  en: { customers: 'Customer number,Name,E-mail,Newsletter', orders: 'Order number,Customer number,Order date,Total', name: 'Customer', yes: 'yes', no: 'no' },
} as const;

const file = (name: string, lines: readonly string[]) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(`${lines.join('\n')}\n`) });

/** The files that a shop of 1998 might have exported. The sample knows numbers only: names, addresses and consents are made from them; one in ten said no, one in ten was never asked. */
export function cdnow(language: Language) {
  const all = purchases();
  const customers = [...new Set(all.map(({ customer }) => customer))];
  const words = heads[language];
  const consent = (n: number) => (n % 10 === 3 ? words.no : n % 10 === 7 ? '' : words.yes);
  return {
    people: customers.length, purchases: all.length,
    customers: file('customers.csv', [words.customers, ...customers.map((customer, n) => `${customer},${words.name} ${customer},c${customer}@mail.test,${consent(n)}`)]),
    orders: file('orders.csv', [words.orders, ...all.map(({ customer, day, amount }, i) => `P${i + 1},${customer},${day},${amount}`)]),
    order: (customer: string, at: string, amount: number) => file('today.csv', [words.orders, `N1,${customer},${at},${amount}`]),
  };
}
