import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { ExecOptions, ExecResult } from '../../port/lab-runtime.js';
import { RuntimeError } from '../../port/runtime-error.js';
import { asUserScript, execScript } from './guest-exec-script.js';
import { GuestAgent } from './guest-agent.js';

const defaultOutputBytes = 1024 * 1024;
/** The agent keeps up to 16 MiB of each output; more than this never comes from an honest one. */
const mostOutputBytes = 8 * 1024 * 1024;
const answerTimeoutMs = 10_000;
/** An emulated guest may take its time to be scheduled. */
const syncTimeoutMs = 10_000;
/** After it was killed, how long its output is waited for. */
const lastWordsMs = 2_000;
/** Beyond the time limit the guest ends the command by itself, also when nobody is there any more to tell it. */
const guestGraceS = 15;

const Started = z.object({ pid: z.int().positive() });
const Status = z.object({
  exited: z.boolean(),
  exitcode: z.int().optional(),
  signal: z.int().optional(),
  'out-data': z.base64().optional(),
  'err-data': z.base64().optional(),
});
type Status = z.infer<typeof Status>;

/** Runs a command in the guest, as root unless told, through its agent. */
export async function guestExec(path: string, command: string[], options: ExecOptions): Promise<ExecResult> {
  const maxOutputBytes = Math.min(options.maxOutputBytes ?? defaultOutputBytes, mostOutputBytes);
  options.signal?.throwIfAborted();
  try {
    // Both outputs in base64, and the JSON around them.
    const maxAnswerBytes = (maxOutputBytes + 1) * 3 + 64 * 1024;
    await using agent = await GuestAgent.connect(path, { syncTimeoutMs, maxAnswerBytes });
    const { pid } = Started.parse(
      await agent.ask('guest-exec', request(command, options, maxOutputBytes), answerTimeoutMs),
    );
    const status = await untilEnd(agent, pid, options);
    return resultOf(status, maxOutputBytes);
  } catch (cause) {
    options.signal?.throwIfAborted();
    throw new RuntimeError('unreachable', 'The agent inside the virtual machine does not answer.', true, { cause });
  }
}

function request(command: string[], { user, timeoutMs, stdin }: ExecOptions, maxOutputBytes: number) {
  const limitS = Math.ceil(timeoutMs / 1000) + guestGraceS;
  const asUser = user === undefined ? command : ['sh', '-c', asUserScript, 'lab-exec', user, ...command];
  return {
    path: 'setsid',
    arg: ['sh', '-c', execScript, 'lab-exec', String(maxOutputBytes + 1), String(limitS), ...asUser],
    'input-data': Buffer.from(stdin ?? '').toString('base64'),
    'capture-output': true,
  };
}

/** Undefined status: it was killed, and the guest has not even told how it ended. */
async function untilEnd(agent: GuestAgent, pid: number, { timeoutMs, signal }: ExecOptions) {
  const ended = await poll(agent, pid, timeoutMs, signal);
  if (ended) return { ...ended, timedOut: false };
  await agent.ask('guest-exec', { path: 'sh', arg: ['-c', `kill -9 -${pid}`] }, answerTimeoutMs);
  const killed = await poll(agent, pid, lastWordsMs);
  signal?.throwIfAborted();
  return { exited: true, ...killed, timedOut: true };
}

async function poll(agent: GuestAgent, pid: number, timeoutMs: number, signal?: AbortSignal) {
  const deadline = performance.now() + timeoutMs;
  for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 1.5, 250)) {
    const status = Status.parse(await agent.ask('guest-exec-status', { pid }, answerTimeoutMs));
    if (status.exited) return status;
    if (performance.now() >= deadline || signal?.aborted) return undefined;
    await delay(Math.min(pauseMs, Math.max(1, deadline - performance.now())));
  }
}

/** Both outputs are capped together, as with containers. */
function resultOf(status: Status & { timedOut: boolean }, maxBytes: number): ExecResult {
  const [stdout, stderr] = [status['out-data'], status['err-data']].map((data) => Buffer.from(data ?? '', 'base64'));
  const keptOut = stdout?.subarray(0, maxBytes) ?? Buffer.alloc(0);
  const keptErr = stderr?.subarray(0, maxBytes - keptOut.length) ?? Buffer.alloc(0);
  return {
    exitCode: status.timedOut ? null : (status.exitcode ?? null),
    stdout: keptOut.toString(),
    stderr: keptErr.toString(),
    timedOut: status.timedOut,
    truncated: keptOut.length < (stdout?.length ?? 0) || keptErr.length < (stderr?.length ?? 0),
  };
}
