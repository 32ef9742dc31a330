import { describe, expect, it } from 'vitest';
import { groupCondition, parseFilter, readMoney, writeFilter } from './filter';

describe('a filter', () => {
  it.each([
    ['address.region eq 부산'], ['name contains "kim lee"'], ['tags in (vip,"a, b")'], ['createdAt between (2026-01-01,2026-02-01) and email isEmpty'],
    ['custom.size gte 3 and score.rfm.r eq 5'], ['name eq "say \\"hi\\""'], ['name eq ""'],
  ])('reads and writes %s', (text) => {
    const conditions = parseFilter(text);
    expect(conditions.every(({ kind }) => kind === 'field')).toBe(true);
    expect(writeFilter(conditions)).toBe(text);
  });

  it.each([['a eq 1 or b eq 2'], ['not a eq 1'], ['orders.count gte 3 within P90D'], ['(a eq 1)'], ['a eq'], ['a is 1']])('keeps %s whole', (text) => {
    expect(parseFilter(text)).toMatchObject([{ kind: 'other', text }]);
    expect(writeFilter([...parseFilter('kind eq business'), ...parseFilter(text)])).toBe(`kind eq business and (${text})`);
  });

  it('narrows to a group', () => {
    expect(writeFilter([groupCondition('customer.createdAt', '2026-02', 'date'), groupCondition('customer.tags', null, 'tags'), groupCondition('customer.address.region', '서울 시', 'text')]))
      .toBe('createdAt between (2026-02-01,2026-02-28) and tags isEmpty and address.region eq "서울 시"');
  });

  it.each([
    ['custom.deposit gte "12.50 USD"', ['12.50'], 'USD'], ['custom.deposit between ("1 USD","2 USD")', ['1', '2'], 'USD'], ['custom.deposit gte 5000', ['5000'], undefined],
    ['name eq "12 USD"', ['12 USD'], undefined], ['custom.deposit between ("1 USD","2 KRW")', ['1 USD', '2 KRW'], undefined],
  ])('reads the amounts of %s and writes them as they were', (text, values, currency) => {
    const read = readMoney(parseFilter(text), (path) => (path === 'customer.custom.deposit' ? 'money' : 'text'));
    expect(read).toMatchObject([{ values, ...(currency ? { currency } : {}) }]);
    expect(read[0]).not.toMatchObject(currency ? { currency: undefined } : { currency: 'USD' });
    expect(writeFilter(read)).toBe(text);
  });

  it('of orders says their fields short and those of customers whole', () => {
    const text = 'total gte 5000 and customer.address.region eq 부산 and score.rfm.r eq 5';
    expect(parseFilter(text, 'order')).toMatchObject([{ path: 'order.total' }, { path: 'customer.address.region' }, { path: 'score.rfm.r' }]);
    expect(writeFilter(parseFilter(text, 'order'), 'order')).toBe(text);
  });
});
