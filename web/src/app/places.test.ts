import { expect, it } from 'vitest';
import { IconHome } from '@/ui/icons';
import { moved } from './frame/usePlaces';
import { mayOpen, placeAt, places, type Place } from './places';

const place = (id: Place['id'], group: Place['group'], scope?: string): Place => ({ id, path: id === 'home' ? '/' : `/${id}`, group, icon: IconHome, scope, load: () => Promise.reject(new Error('not drawn here')) });
const all = [place('home', null), place('customers', 'customers'), place('leads', 'customers'), place('segments', 'know')];
const ids = (list: readonly Place[]) => list.map(({ id }) => id).join();

it('finds the place of a path, and of the pages under it', () => {
  expect(placeAt('/customers/cus_1', all)?.id).toBe('customers');
  expect(placeAt('/', all)?.id).toBe('home');
  expect(placeAt('/customersx', all)).toBeUndefined();
});
it('moves a place within its group only', () => {
  expect(ids(moved(all, 'leads', -1))).toBe('home,leads,customers,segments');
  expect(ids(moved(all, 'leads', 1))).toBe(ids(all));
});
it('shows a place to those who hold its scope', () => {
  expect(mayOpen(place('leads', null, 'leads:read'), ['customers:read'])).toBe(false);
  expect(mayOpen(place('leads', null, 'leads:read'), ['*'])).toBe(true);
});
it('has no path twice', () => expect(new Set(places.map(({ path }) => path)).size).toBe(places.length));
