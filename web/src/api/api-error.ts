import type { FieldError } from '@lab-orchestrator/contracts';

interface Details {
  status: number;
  code: string;
  detail: string;
  errors?: readonly FieldError[] | undefined;
  requestId?: string | undefined;
  retryAfterS?: number | undefined;
}

/** An answer of the API that is not the one asked for. Decide by `code`; `message` is for people. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly code: string;
  readonly errors: readonly FieldError[];
  readonly requestId: string | undefined;
  readonly retryAfterS: number | undefined;

  constructor({ status, code, detail, errors, requestId, retryAfterS }: Details) {
    super(detail);
    this.status = status;
    this.code = code;
    this.errors = errors ?? [];
    this.requestId = requestId;
    this.retryAfterS = retryAfterS;
  }

  /** A repeat may succeed without anybody changing anything. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 502;
  }
}

/** What an address names does not exist, is hidden from this person, or its id is no id. */
export const isMissing = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 404 || error.status === 400);

/** No answer at all: no network, or the server is not running. */
export const unreachable = () => new ApiError({ status: 0, code: 'unreachable', detail: '' });

/** Reads problem details; proxies in between may answer with anything. */
export async function errorOf(response: Response): Promise<ApiError> {
  return problemError(response.status, await response.text(), response.headers.get('retry-after'));
}

export function problemError(status: number, text: string, retryAfter: string | null): ApiError {
  const problem = objectIn(text);
  return new ApiError({
    status,
    code: textOf(problem['code']) ?? 'unexpected_answer',
    detail: textOf(problem['detail']) ?? textOf(problem['title']) ?? '',
    errors: Array.isArray(problem['errors']) ? problem['errors'].filter(isFieldError) : undefined,
    requestId: textOf(problem['requestId']),
    retryAfterS: Number(problem['retryAfterS'] ?? retryAfter) || undefined,
  });
}

function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
const isFieldError = (value: unknown): value is FieldError =>
  isRecord(value) && typeof value['path'] === 'string' && typeof value['message'] === 'string';
