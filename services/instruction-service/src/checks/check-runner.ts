import { type CheckDefinition, type CheckOutcome, commandLimits, RunCommand } from '@lab-orchestrator/contracts';
import { meetsExpectation, shellCommand, type VariableValues } from '@lab-orchestrator/page-compiler';
import { RequestClient, UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';

export interface CheckRunResult {
  outcome: CheckOutcome;
  exitCode: number | null;
  /** What it printed, for its author. Holds whatever the guest put there. */
  output: string;
}
export interface CheckRunOptions {
  sessionId: string;
  values: VariableValues;
  /** The scripts of the lab, by path. */
  scripts: Readonly<Record<string, string>>;
  /** When the answer is too late, in milliseconds since the epoch. */
  deadlineMs: number;
}

const outputBytes = commandLimits.outputBytes;
const retryPauseMs = 1_000;
/** What waiting for the turn and the way there and back may take beyond the command's own time. */
const waitMs = 20_000;

const unreachable: CheckRunResult = { outcome: 'unreachable', exitCode: null, output: '' };

/** Runs one check where it belongs: inside the system, through the console service. */
@Injectable()
export class CheckRunner {
  constructor(private readonly requests: RequestClient) {}

  /** Until it passes, its retries are used up, or there is no time for another try. */
  async run(check: CheckDefinition, options: CheckRunOptions): Promise<CheckRunResult> {
    for (let retry = 0; ; retry += 1) {
      const result = await this.once(check, options);
      const hasTime = Date.now() + retryPauseMs + check.timeoutS * 1_000 < options.deadlineMs;
      if (result.outcome !== 'failed' || retry >= check.retries || !hasTime) return result;
      await sleep(retryPauseMs);
    }
  }

  private async once(check: CheckDefinition, options: CheckRunOptions): Promise<CheckRunResult> {
    const shell = shellCommand(check.run, options.values);
    // Nobody has filled in yet what it is about.
    if ('problem' in shell)
      return { outcome: 'failed', exitCode: null, output: `{{ ${shell.name} }}: ${shell.problem}` };
    const timeoutMs = Math.min(check.timeoutS * 1_000, commandLimits.timeoutMs);
    const script = check.stdin === undefined ? undefined : options.scripts[check.stdin];
    const request = {
      sessionId: options.sessionId,
      system: check.system,
      command: ['sh', '-c', shell.command],
      timeoutMs,
      maxOutputBytes: outputBytes,
      ...(script !== undefined && { stdin: script }),
    };
    const deadlineMs = Math.max(1, Math.min(timeoutMs + waitMs, options.deadlineMs - Date.now()));
    try {
      return judged(check, await this.requests.call(RunCommand, request, { deadlineMs }), options.values);
    } catch (error) {
      if (error instanceof UserError && isOfSystem(error)) return unreachable;
      throw error;
    }
  }
}

const isOfSystem = ({ code }: UserError) => code === 'system_unreachable' || code === 'system_not_found';

interface Finished {
  exitCode: number | null;
  stdout: string;
  stderr: string;
  timedOut: boolean;
}

/** Without an expectation the exit code decides; with one the output does, whatever the exit code. */
function judged(
  { expect }: CheckDefinition,
  { exitCode, stdout, stderr, timedOut }: Finished,
  values: VariableValues,
): CheckRunResult {
  const output = [stdout, stderr].filter((text) => text !== '').join('\n');
  if (timedOut) return { outcome: 'timed_out', exitCode, output };
  const passed = expect ? exitCode !== null && meetsExpectation(expect, stdout, values) : exitCode === 0;
  return { outcome: passed ? 'passed' : 'failed', exitCode, output };
}
