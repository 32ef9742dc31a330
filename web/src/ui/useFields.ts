import { useState, type ChangeEvent } from 'react';

interface Refusal { fields: readonly { pointer: string; detail: string }[] }
type Errors<T> = Partial<Record<keyof T, string>>;

/** `/body/address/city`, `#/address/city` and `body.address.city` all name the field `address.city`. */
export function fieldOfPointer(pointer: string): string {
  return pointer.replace(/^#/, '').split(/[/.]/).filter((part, i) => part !== '' && !(i <= 1 && part === 'body')).join('.');
}

export interface Fields<T> {
  values: T;
  errors: Errors<T>;
  /** Spread on the <form>: our checks speak instead of the browser's. */
  form: { ref: (form: HTMLFormElement | null) => void; noValidate: true };
  set: (patch: Partial<T>) => void;
  /** Spread on a Mantine input: name, value, onChange, error. */
  input: (name: keyof T & string) => { name: string; value: string; error: string | undefined; onChange: (event: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => void };
  /** Marks fields, focuses the first marked one; true when nothing is marked. */
  check: (errors: Errors<T>) => boolean;
  /** Marks the fields a problem names; false when it names none, so the caller shows the problem as a whole. */
  refuse: (problem: Refusal) => boolean;
}

/** Values and errors of a small form; knows how problem+json points at fields. */
export function useFields<T extends Record<string, string>>(initial: T): Fields<T> {
  const [values, setValues] = useState(initial);
  const [errors, setErrors] = useState<Errors<T>>({});
  const [element, ref] = useState<HTMLFormElement | null>(null);

  const set = (patch: Partial<T>) => {
    setValues((current) => ({ ...current, ...patch }));
    setErrors((current) => Object.fromEntries(Object.entries(current).filter(([name]) => !(name in patch))) as Errors<T>);
  };
  const check = (next: Errors<T>) => {
    const marked = (Object.keys(values) as (keyof T & string)[]).filter((name) => next[name]);
    setErrors(next);
    if (marked[0]) (element?.elements.namedItem(marked[0]) as HTMLElement | null)?.focus();
    return marked.length === 0;
  };
  const refuse = (problem: Refusal) => {
    const named = problem.fields.map(({ pointer, detail }) => [fieldOfPointer(pointer), detail] as const).filter(([name]) => name in values);
    check(Object.fromEntries(named.reverse()) as Errors<T>);
    return named.length > 0;
  };
  const input: Fields<T>['input'] = (name) => ({
    name,
    value: values[name] ?? '',
    error: errors[name],
    onChange: (event) => set({ [name]: event.currentTarget.value } as Partial<T>),
  });
  return { values, errors, form: { ref, noValidate: true }, set, input, check, refuse };
}
