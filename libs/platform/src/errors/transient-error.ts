export interface TransientErrorOptions {
  retryAfterS?: number;
  cause?: unknown;
}

/** Something we need is away for now: answered with 503 and `Retry-After`, retried by queues and consumers. */
export class TransientError extends Error {
  override readonly name = 'TransientError';
  readonly retryAfterS: number;

  constructor(message: string, options: TransientErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.retryAfterS = options.retryAfterS ?? 2;
  }
}
