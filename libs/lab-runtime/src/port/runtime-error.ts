/** Stable codes of what a runtime refuses or cannot do. `taken_over`: another client holds the one console there is. */
export const runtimeErrorCodes = [
  'not_found',
  'unsupported',
  'invalid_spec',
  'isolation_impossible',
  'insufficient_rights',
  'disk_full',
  'image_missing',
  'unreachable',
  'taken_over',
  'stale_generation',
] as const;
export type RuntimeErrorCode = (typeof runtimeErrorCodes)[number];

/** `retryable`: the same call may succeed later (engine away, disk full); otherwise it will not. */
export class RuntimeError extends Error {
  constructor(
    readonly code: RuntimeErrorCode,
    message: string,
    readonly retryable: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'RuntimeError';
  }
}
