import { z } from 'zod';
import { RuntimeError, type RuntimeErrorCode } from '../../port/runtime-error.js';

/** `Status`, what the API server answers with when it says no. */
const Status = z.looseObject({
  message: z.string().catch(''),
  reason: z.string().catch(''),
  details: z
    .looseObject({
      causes: z
        .array(z.looseObject({ reason: z.string().optional(), field: z.string().optional() }))
        .catch([])
        .optional(),
    })
    .optional()
    .catch(undefined),
});

/** The API server's refusal: its HTTP status and reason beside the port's code. */
export class ApiError extends RuntimeError {
  constructor(
    code: RuntimeErrorCode,
    message: string,
    retryable: boolean,
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    /** `reason` of the Status object: `Conflict`, `AlreadyExists`, `Forbidden`, … */
    readonly reason: string,
    /** Reasons of its causes, e.g. `NamespaceTerminating`. */
    readonly causes: readonly string[] = [],
    /** What `Retry-After` asked for. */
    readonly retryAfterMs?: number,
    options?: ErrorOptions,
  ) {
    super(code, message, retryable, options);
    this.name = 'ApiError';
  }
}

const credentialsRefused =
  'The Kubernetes API does not accept the credentials of this process: they have expired or were withdrawn. A new ' +
  'token in the file of a service account is used within a minute; a kubeconfig is read at the start only, so renew ' +
  'it and start the process again.';

/** Turns an answer that is not 2xx into an error. */
export function apiErrorOf(doing: string, status: number, body: string, retryAfter?: string | string[]): ApiError {
  const said = parsed(body);
  const causes = (said.details?.causes ?? []).flatMap(({ reason }) => (reason === undefined ? [] : [reason]));
  const text = said.message || body.slice(0, 300) || `HTTP ${status}`;
  const message = status === 401 ? `${doing}: ${credentialsRefused} (${text})` : `${doing}: ${text}`;
  const [code, retryable] = meaningOf(status, message, causes);
  const seconds = Number(retryAfter ?? Number.NaN);
  const retryAfterMs = Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
  return new ApiError(code, message, retryable, status, said.reason, causes, retryAfterMs);
}

/** No answer: the connection failed or broke. */
export function connectionError(doing: string, error: Error): ApiError {
  const text = `The Kubernetes API does not answer (${doing}: ${error.message}).`;
  return new ApiError('unreachable', text, true, 0, '', [], undefined, { cause: error });
}

function meaningOf(status: number, message: string, causes: readonly string[]): [RuntimeErrorCode, boolean] {
  if (status === 404) return ['not_found', false];
  if (status === 400 || status === 413 || status === 415 || status === 422) return ['invalid_spec', false];
  // Nothing is wrong with what was asked for: the same call is answered once somebody renews the credentials.
  if (status === 401) return ['insufficient_rights', true];
  // A namespace that is being deleted and a quota that is used up say 403, too; both pass.
  if (status === 403 && causes.includes('NamespaceTerminating')) return ['unreachable', true];
  if (status === 403 && /exceeded quota/.test(message)) return ['unreachable', true];
  if (status === 403) return ['insufficient_rights', false];
  return ['unreachable', true];
}

function parsed(body: string): z.infer<typeof Status> {
  try {
    return Status.parse(JSON.parse(body));
  } catch {
    return { message: '', reason: '' };
  }
}

/** Is it the API server's answer with this HTTP status? */
export function hasStatus(error: unknown, ...statuses: number[]): error is ApiError {
  return error instanceof ApiError && statuses.includes(error.status);
}
