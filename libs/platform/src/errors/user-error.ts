import type { FieldError, Problem } from '@lab-orchestrator/contracts';

export interface UserErrorOptions {
  /** HTTP status, 400 unless told. */
  status?: number;
  /** A sentence for the person who caused it. */
  detail?: string;
  errors?: FieldError[];
  retryAfterS?: number;
}

/** The caller's fault: answered with 4xx and a stable code, logged quietly, never retried by us. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly status: number;
  readonly detail: string | undefined;
  readonly errors: FieldError[] | undefined;
  readonly retryAfterS: number | undefined;

  constructor(
    readonly code: string,
    options: UserErrorOptions = {},
  ) {
    super(options.detail ?? code);
    this.status = options.status ?? 400;
    this.detail = options.detail;
    this.errors = options.errors;
    this.retryAfterS = options.retryAfterS;
  }

  /** Rebuilds on this side of NATS what another service threw. */
  static fromProblem(problem: Problem) {
    return new UserError(problem.code, problem);
  }
}
