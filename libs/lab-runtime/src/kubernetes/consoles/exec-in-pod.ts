import { randomUUID } from 'node:crypto';
import type { KubeConfig } from '@kubernetes/client-node';
import type { ExecOptions, ExecResult } from '../../port/lab-runtime.js';
import { RuntimeError } from '../../port/runtime-error.js';
import { CapturedOutput, defaultOutputBytes } from '../../streams/captured-output.js';
import { type ExecStatus, isMissingProgram } from './exec-status.js';
import { ExecWire } from './exec-wire.js';
import { marked, markedWithInput } from './launch.js';
import { hangUp, openPodExec, type PodPlace } from './pod-exec.js';
import type { SocketStream } from './socket-stream.js';

/**
 * Runs a command to its end or to the time limit. One that takes too long is killed, which needs `sh` in the image;
 * without it the result is the same, but the process stays.
 */
export async function execInPod(
  config: KubeConfig,
  place: PodPlace,
  command: string[],
  options: ExecOptions,
): Promise<ExecResult> {
  const mark = `lab-${randomUUID()}`;
  const launched = options.stdin === undefined ? marked(mark, command) : markedWithInput(mark, command);
  const run = await runOnce(config, place, launched, options);
  if (run.timedOut || run.aborted) await hangUp(config, place, mark, 'KILL');
  options.signal?.throwIfAborted();
  if (run.status !== undefined && 'failure' in run.status && isMissingProgram(run.status.failure)) {
    // An image without a shell: such a command can be run, but not be ended.
    return resultOf(place, await runOnce(config, place, command, options));
  }
  return resultOf(place, run);
}

type Run = {
  status: ExecStatus | undefined;
  output: CapturedOutput;
  timedOut: boolean;
  aborted: boolean;
};

async function runOnce(config: KubeConfig, place: PodPlace, command: string[], options: ExecOptions): Promise<Run> {
  const { signal, stdin } = options;
  const output = new CapturedOutput(options.maxOutputBytes ?? defaultOutputBytes);
  const wire = new ExecWire((bytes) => output.add('stderr', bytes));
  const deadline = AbortSignal.timeout(options.timeoutMs);
  const stream = await openPodExec(config, place, { command, tty: false, stdin: stdin !== undefined, wire, signal });
  stream.on('data', (bytes: Buffer) => output.add('stdout', bytes)).on('error', () => undefined);
  if (stdin !== undefined) stream.end(stdin);
  const status = await untilEnd(stream, [deadline, ...(signal ? [signal] : [])]);
  const ended = status !== undefined;
  return { status, output, timedOut: !ended && deadline.aborted, aborted: !ended && signal?.aborted === true };
}

/** How it ended; undefined when it was given up, or the connection was lost. */
async function untilEnd(stream: SocketStream, limits: AbortSignal[]): Promise<ExecStatus | undefined> {
  const limit = AbortSignal.any(limits);
  const giveUp = () => stream.destroy();
  limit.addEventListener('abort', giveUp, { once: true });
  if (limit.aborted) giveUp();
  const status = await stream.ended;
  limit.removeEventListener('abort', giveUp);
  return status;
}

function resultOf(place: PodPlace, { status, output, timedOut }: Run): ExecResult {
  const result = { ...output.text(), timedOut, truncated: output.truncated };
  if (status === undefined && timedOut) return { exitCode: null, ...result };
  if (status === undefined) {
    throw new RuntimeError('unreachable', `The connection to ${place.pod} was lost while a command ran.`, true);
  }
  if ('exitCode' in status) return { exitCode: status.exitCode, ...result };
  if (isMissingProgram(status.failure)) return { exitCode: 127, ...result, stderr: `${status.failure}\n` };
  throw new RuntimeError('unreachable', `Running a command in ${place.pod}: ${status.failure}`, true);
}
