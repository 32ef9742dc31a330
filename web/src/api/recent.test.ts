import { expect, it } from 'vitest';
import { noteChange, recentChanges } from './recent';

const base = 'http://localhost/v1/customers';
const kim = 'cus_01JD8Z4N6T0QF5W9E2R7Y1K3MB';
const lee = 'cus_01JD8Z4N6T0QF5W9E2R7Y1K3MC';

it('tells a list what was changed in the last ten seconds, and nobody else', () => {
  noteChange(new Request(`${base}/${kim}`, { method: 'PATCH' }), new Response('{}'), 1000);
  noteChange(new Request(base, { method: 'POST' }), new Response('{}', { status: 201, headers: { Location: `/v1/customers/${lee}` } }), 5000);
  noteChange(new Request(`${base}/cus_01JD8Z4N6T0QF5W9E2R7Y1K3MD`, { method: 'DELETE' }), new Response('{}', { status: 412 }), 5000);
  expect(recentChanges(new Request(`${base}?limit=50`), 6000)).toBe(`${kim},${lee}`);
  expect(recentChanges(new Request(`${base}/groups?by=kind`), 12_000)).toBe(lee);
  expect(recentChanges(new Request('http://localhost/v1/orders?filter=x'), 12_000)).toBe(lee);
  expect(recentChanges(new Request('http://localhost/v1/segments/preview', { method: 'POST' }), 12_000)).toBe(lee);
  expect(recentChanges(new Request('http://localhost/v1/segments/seg_1/members?limit=5'), 12_000)).toBe(lee);
  expect(recentChanges(new Request('http://localhost/v1/campaigns/cmp_1/audience'), 12_000)).toBe(lee);
  expect(recentChanges(new Request(base, { method: 'POST' }), 12_000)).toBeUndefined();
  expect(recentChanges(new Request(`${base}/${kim}`), 6000)).toBeUndefined();
  expect(recentChanges(new Request(base), 16_000)).toBeUndefined();
});
