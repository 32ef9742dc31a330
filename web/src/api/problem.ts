/** `pointer` is '' for what is wrong with the record as a whole; `line` stands in texts of several lines. */
export interface FieldProblem { pointer: string; code: string; detail: string; line?: number }

/** One failed call, as problem+json tells it. `offline` is ours: the request never got an answer. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly requestId: string | undefined;
  readonly fields: readonly FieldProblem[];
  readonly retryAfterSeconds: number | undefined;
  /** The whole document, for members that one refusal has alone (candidates of a duplicate). */
  readonly document: Readonly<Record<string, unknown>>;

  constructor(facts: { status: number; code?: string; title?: string; detail?: string; requestId?: string; errors?: unknown; retryAfter?: string | null; document?: Record<string, unknown> }) {
    super(facts.title ?? facts.code ?? `HTTP ${facts.status}`);
    this.name = 'ApiProblem';
    this.status = facts.status;
    this.code = facts.code ?? 'unknown';
    this.detail = facts.detail ?? '';
    this.requestId = facts.requestId;
    this.fields = Array.isArray(facts.errors) ? facts.errors.map(fieldOf).filter((field) => field.pointer !== '' || field.code !== '') : [];
    const seconds = Number(facts.retryAfter ?? Number.NaN);
    this.retryAfterSeconds = Number.isFinite(seconds) ? seconds : undefined;
    this.document = facts.document ?? {};
  }
}

export const isProblem = (error: unknown): error is ApiProblem => error instanceof ApiProblem;

/** Every thrown thing as a problem, so that an error view has one shape to read. */
export function problemOf(error: unknown): ApiProblem {
  if (isProblem(error)) return error;
  return new ApiProblem({ status: 0, code: 'offline', title: error instanceof Error ? error.message : String(error) });
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function fieldOf(value: unknown): FieldProblem {
  const { pointer, code, detail, line } = record(value);
  return { pointer: text(pointer), code: text(code), detail: text(detail), line: typeof line === 'number' ? line : undefined };
}

/** Reads problem+json; an answer of another kind (a proxy's page) still becomes a problem with its status. */
export function problemFrom(response: Response, body: unknown): ApiProblem {
  const facts = record(body);
  return new ApiProblem({
    status: response.status,
    code: text(facts.code) || `http${response.status}`,
    title: text(facts.title),
    detail: text(facts.detail),
    requestId: text(facts.requestId) || (response.headers.get('X-Request-Id') ?? undefined),
    errors: facts.errors,
    retryAfter: response.headers.get('Retry-After'),
    document: facts,
  });
}
