import type { Info } from '../rule/fields';
import { arity, newId, type FieldLeaf, type Op, type TypeOf } from '../rule/rule';

/** Whose field a name is that says nothing else: the list's own subject. */
export type Home = 'customer' | 'order' | 'lead' | 'campaign';

/** A field that lists offer, as the API tells of it. */
export type Field = Info;

/** A condition that the editor has no form for, word for word. */
export interface OtherCondition { id: string; kind: 'other'; text: string }
export type Condition = FieldLeaf | OtherCondition;

const ops = new Set<string>(['eq', 'ne', 'in', 'contains', 'startsWith', 'gt', 'gte', 'lt', 'lte', 'between', 'before', 'after', 'inLast', 'isEmpty', 'isNotEmpty']);
const token = /"(?:[^"\\]|\\.)*"|[(),]|[^\s(),]+/g;
const marks = new Set(['(', ')', ',']);

/** The filter of a list, as its address and its views have it, as conditions; one that joins them otherwise than by `and` stays whole. */
export function parseFilter(text: string, home: Home = 'customer'): Condition[] {
  const words = text.match(token) ?? [];
  const found: Condition[] = [];
  while (words.length > 0) {
    if (found.length > 0 && words.shift() !== 'and') return whole(text);
    const leaf = takeField(words, home);
    if (!leaf) return whole(text);
    found.push(leaf);
  }
  return found;
}

const whole = (text: string): Condition[] => [{ id: newId(), kind: 'other', text: text.trim() }];

function takeField(words: string[], home: Home): FieldLeaf | undefined {
  const path = words.shift();
  const op = words.shift();
  if (path === undefined || op === undefined || marks.has(path) || path === 'not' || !ops.has(op) || /^(orders|events|response)\.|^segment$/.test(path)) return undefined;
  const values = takeValues(words, op as Op);
  return values && words[0] !== 'within' && words[0] !== 'or' ? { id: newId(), kind: 'field', path: pathOf(path, home), op: op as Op, values } : undefined;
}

function takeValues(words: string[], op: Op): string[] | undefined {
  if (arity(op) === 0) return [];
  if (op !== 'in' && op !== 'between') return readValues([words.shift()]);
  const end = words.indexOf(')');
  if (words[0] !== '(' || end < 0) return undefined;
  return readValues(words.splice(0, end + 1).filter((word) => !marks.has(word)));
}

function readValues(words: readonly (string | undefined)[]): string[] | undefined {
  const known = words.filter((word) => word !== undefined && !marks.has(word)) as string[];
  if (known.length !== words.length) return undefined;
  try {
    return known.map((word) => (word.startsWith('"') ? (JSON.parse(word) as string) : word));
  } catch {
    return undefined;
  }
}

export function writeFilter(conditions: readonly Condition[], home: Home = 'customer'): string {
  return conditions.map((each) => (each.kind === 'field' ? writeField(each, home) : conditions.length > 1 ? `(${each.text})` : each.text)).join(' and ');
}

const amount = /^(-?\d+(?:\.\d+)?) ([A-Z]{3})$/;

/** The conditions over fields of money with their amounts and currency apart, which a filter writes as one: "12.50 USD". */
export function readMoney(conditions: readonly Condition[], typeOf: TypeOf): Condition[] {
  return conditions.map((each) => {
    if (each.kind !== 'field' || typeOf(each.path) !== 'money') return each;
    const found = each.values.map((value) => amount.exec(value));
    const currency = found[0]?.[2];
    return currency !== undefined && found.every((match) => match?.[2] === currency) ? { ...each, values: found.map((match) => match?.[1] ?? ''), currency } : each;
  });
}

function writeField({ path, op, values, currency }: FieldLeaf, home: Home): string {
  const words = values.map((value) => value.trim()).filter((value) => value !== '').map((value) => writeValue(currency ? `${value} ${currency}` : value));
  if (arity(op) === 0) return `${nameOfPath(path, home)} ${op}`;
  return `${nameOfPath(path, home)} ${op} ${op === 'in' || op === 'between' ? `(${words.join(',')})` : words[0] ?? '""'}`;
}

const writeValue = (value: string): string => (/^[^\s(),"]+$/.test(value) ? value : JSON.stringify(value));

/** Lists leave out the name of their own subject, which rules say: `name` is customer.name, and `total` is order.total. */
export const pathOf = (name: string, home: Home = 'customer'): string => (/^(score|customer|order|lead|campaign)\./.test(name) ? name : `${home}.${name}`);
export const nameOfPath = (path: string, home: Home = 'customer'): string => (path.startsWith(`${home}.`) ? path.slice(home.length + 1) : path);

/** The condition that narrows a list to one of its groups. */
export function groupCondition(path: string, value: string | null, type: string): FieldLeaf {
  const leaf = { id: newId(), kind: 'field' as const, path };
  if (value === null) return { ...leaf, op: 'isEmpty', values: [] };
  if (type !== 'date') return { ...leaf, op: 'eq', values: [value] };
  const [year = 0, month = 1] = value.split('-').map(Number);
  return { ...leaf, op: 'between', values: [`${value}-01`, `${value}-${String(new Date(Date.UTC(year, month, 0)).getUTCDate())}`] };
}
