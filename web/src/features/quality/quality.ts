import type { Customer, Figures, Source } from './queries';

export const fields = ['name', 'email', 'phone', 'birthDate', 'gender', 'address.line1', 'address.city', 'address.postalCode', 'address.country', 'externalId', 'consents.email.marketing'] as const;
export type Field = (typeof fields)[number];
export const sources: readonly Source[] = ['import', 'api', 'console', 'lead', 'sample', 'other'];

export interface Line { field: Field; customers: number; filled: number; invalid: number }

/** The lines of the table: of one source, or of all of them together. */
export function linesOf(figures: Figures, source: Source | undefined): readonly Line[] {
  const customers = customersOf(figures, source);
  return fields.map((field) => {
    const of = (figures.fields ?? []).filter((each) => each.field === field && (source === undefined || each.source === source));
    return { field, customers, filled: sum(of.map(({ filled }) => filled)), invalid: sum(of.map(({ invalid }) => invalid)) };
  });
}

export const customersOf = (figures: Figures, source: Source | undefined): number => sum((figures.sources ?? []).filter((each) => source === undefined || each.source === source).map(({ customers }) => customers));
export const staleOf = (figures: Figures, source: Source | undefined): number => sum((figures.sources ?? []).filter((each) => source === undefined || each.source === source).map(({ stale }) => stale));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** What to call someone: the name, else the way to reach them. */
export const nameOf = ({ name, email, phone, externalId, id }: Customer): string => name ?? email ?? phone ?? externalId ?? id;
