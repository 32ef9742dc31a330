import { findCustomers } from '@/features/customers/search';
import { places, type Place } from './places';

export interface Hit { id: string; title: string; detail?: string; path: string }
export interface SearchProvider {
  /** Its heading is `frame.search.<id>`; it answers only while that place exists. */
  id: 'customers';
  place: Place['id'];
  find: (text: string, signal: AbortSignal) => Promise<Hit[]>;
}

/** Records that the palette can find. A feature adds a line. */
const providers: readonly SearchProvider[] = [{ id: 'customers', place: 'customers', find: findCustomers }];

export const searchProviders = providers.filter((provider) => places.some(({ id }) => id === provider.place));
