import type { Customer, CustomerPatch } from './queries';

type PlainPart = 'name' | 'phone' | 'email' | 'birthDate' | 'externalId' | 'lifecycleStage';
type AddressPart = 'line1' | 'line2' | 'city' | 'region' | 'postalCode' | 'country';

export interface TextField { id: PlainPart | AddressPart; type?: 'email' | 'tel' | 'date'; read: (customer: Customer) => string | undefined; patch: (value: string | null) => CustomerPatch }

const plain = (id: PlainPart, type?: TextField['type']): TextField =>
  ({ id, type, read: (customer) => customer[id], patch: (value) => ({ [id]: value }) });
const part = (id: AddressPart): TextField => ({ id, read: ({ address }) => address?.[id], patch: (value) => ({ address: { [id]: value } }) });

/** The ways to reach someone stand first and always; the rest shows when it is filled or asked for. */
export const contactFields: readonly TextField[] = [plain('name'), plain('phone', 'tel'), plain('email', 'email')];
export const furtherFields: readonly TextField[] = [
  plain('birthDate', 'date'), part('line1'), part('line2'), part('city'), part('region'), part('postalCode'), part('country'), plain('externalId'), plain('lifecycleStage'),
];
