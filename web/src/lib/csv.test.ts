import { expect, it } from 'vitest';
import { parseCsv, writeCsv } from './csv';

it('reads quotes, commas and line breaks in cells', () => {
  expect(parseCsv('\uFEFFa,b\r\n"x, ""y""","1\n2"\r\n')).toEqual([['a', 'b'], ['x, "y"', '1\n2']]);
});
it('keeps a last row without a line end, and drops one that is cut off', () => {
  expect(parseCsv('a,b\n1,')).toEqual([['a', 'b'], ['1', '']]);
  expect(parseCsv('a,b\n1,"2', true)).toEqual([['a', 'b']]);
});
it('writes what it reads', () => {
  const rows = [['이름', '메모'], ['김, 민지', '그가 "네"\n라고'], ['', '']];
  expect(parseCsv(writeCsv(rows))).toEqual(rows);
});
