import { expect, it } from 'vitest';
import { scopesOf } from './scopes';

it('lets who may write read as well, and nothing beyond what was chosen', () => {
  expect(scopesOf({ orders: 'write', customers: 'read', jobs: 'none' })).toEqual(['customers:read', 'orders:read', 'orders:write']);
});
