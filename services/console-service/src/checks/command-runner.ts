import type { ReplyInputOf, RequestOf, RunCommand } from '@lab-orchestrator/contracts';
import { type LabRuntime, RuntimeError } from '@lab-orchestrator/lab-runtime';
import { TransientError, UserError } from '@lab-orchestrator/platform';
import type { SystemTurns } from './system-turns.js';

type Command = RequestOf<typeof RunCommand>;
type Result = ReplyInputOf<typeof RunCommand>;

/** What starting, killing and answering take beside the command itself. */
const overheadMs = 3_000;
/** Commands at once in this process; each costs the runtime a process and a connection. */
const maxRunning = 48;

const sessionOver = () =>
  new UserError('session_over', { status: 409, detail: 'The session was paused or ended meanwhile.' });

/** Runs commands inside systems: bounded, one at a time in each, and not beyond the end of their session. */
export class CommandRunner {
  private readonly running = new Map<AbortController, string>();

  constructor(
    private readonly runtime: Pick<LabRuntime, 'exec'>,
    private readonly turns: SystemTurns,
  ) {}

  /** @param deadlineMs when the caller stops waiting, in milliseconds since the epoch */
  async run(command: Command, deadlineMs: number): Promise<Result> {
    if (this.running.size >= maxRunning) throw new TransientError('too many commands at once', { retryAfterS: 2 });
    const cancelled = new AbortController();
    this.running.set(cancelled, command.sessionId);
    try {
      return await this.inTurn(command, deadlineMs, cancelled.signal);
    } catch (error) {
      if (cancelled.signal.aborted) throw sessionOver();
      throw error instanceof RuntimeError ? problemOf(error) : error;
    } finally {
      this.running.delete(cancelled);
    }
  }

  /** The session is frozen or goes away: nobody waits for what runs in it. */
  cancel(sessionId: string) {
    for (const [command, of] of this.running) if (of === sessionId) command.abort();
  }

  private async inTurn(command: Command, deadlineMs: number, signal: AbortSignal): Promise<Result> {
    const { sessionId, system, timeoutMs, maxOutputBytes, stdin } = command;
    const done = await this.turns.take(sessionId, system, {
      untilMs: deadlineMs - timeoutMs - overheadMs,
      holdMs: timeoutMs + 10 * overheadMs,
      signal,
    });
    if (signal.aborted) throw sessionOver();
    if (!done) {
      const detail = 'Another check runs in this system.';
      throw new UserError('system_busy', { status: 409, detail, retryAfterS: 2 });
    }
    try {
      return await this.runtime.exec({ sessionId, system }, command.command, {
        timeoutMs,
        maxOutputBytes,
        signal,
        ...(stdin !== undefined && { stdin }),
      });
    } finally {
      await done().catch(() => undefined);
    }
  }
}

/** The runtime's own words are for operators; people get what they can act on. */
function problemOf(error: RuntimeError): UserError {
  if (error.code === 'not_found')
    return new UserError('system_not_found', { status: 404, detail: 'There is no such system.' });
  return new UserError('system_unreachable', {
    status: 409,
    detail: 'The system does not take commands.',
    retryAfterS: 2,
  });
}
