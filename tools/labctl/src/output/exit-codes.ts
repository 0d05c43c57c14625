/** What the exit code says to scripts. */
export const exitCodes = {
  ok: 0,
  /** Something went wrong that is not one of the others. */
  failed: 1,
  /** The command line makes no sense. */
  usage: 2,
  /** The lab has mistakes. */
  mistakes: 3,
  /** The platform refused: not allowed, not found, in conflict. */
  refused: 4,
  /** The platform cannot be reached, or has trouble. */
  unreachable: 5,
  /** Not signed in. */
  signedOut: 6,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends a command with a message for the person and a code for scripts. */
export class CommandError extends Error {
  constructor(
    readonly exitCode: ExitCode,
    message: string,
    /** Stable name of what went wrong, in JSON output. */
    readonly code = 'failed',
  ) {
    super(message);
    this.name = 'CommandError';
  }
}
