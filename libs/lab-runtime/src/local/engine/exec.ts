import type { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import type { ExecOptions, ExecResult } from '../../port/lab-runtime.js';
import { CapturedOutput, defaultOutputBytes } from '../../streams/captured-output.js';
import { Demux } from './demux.js';
import { dial } from './engine-client.js';
import { translated } from './engine-errors.js';
import { hangUp } from './hang-up.js';

export type OpenedExec = {
  id: string;
  /** Raw with a TTY, framed (see {@link Demux}) without. */
  stream: Duplex;
};

export type OpenExecOptions = { tty: boolean; user?: string; environment?: string[]; workingDir?: string };

/** Starts a command in a running container with its input and output attached. */
export async function openExec(
  engine: Docker,
  container: string,
  command: string[],
  options: OpenExecOptions,
): Promise<OpenedExec> {
  return translated(`Running ${command[0] ?? 'a command'}`, async () => {
    const exec = await engine.getContainer(container).exec({
      Cmd: command,
      Tty: options.tty,
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      ...(options.user ? { User: options.user } : {}),
      ...(options.environment ? { Env: options.environment } : {}),
      ...(options.workingDir ? { WorkingDir: options.workingDir } : {}),
    });
    const stream = await exec.start({ hijack: true, stdin: true, Tty: options.tty });
    return { id: exec.id, stream };
  });
}

/** Sizes the terminal. Podman answers 201 where Docker answers 200, and neither takes it before the process runs. */
export async function resizeExec(engine: Docker, exec: string, columns: number, rows: number): Promise<void> {
  const call = {
    path: `/exec/${exec}/resize?`,
    method: 'POST',
    options: { h: rows, w: columns },
    statusCodes: { 200: true, 201: true, 404: 'no such exec', 409: 'not running', 500: 'not running' } as const,
  };
  await dial(engine, call);
}

/** Exit code of an exec that has ended; undefined while it runs or when the engine has forgotten it. */
export async function exitCodeOf(engine: Docker, exec: string): Promise<number | undefined> {
  const state = await engine
    .getExec(exec)
    .inspect()
    .catch(() => undefined);
  return state && !state.Running ? (state.ExitCode ?? undefined) : undefined;
}

/** Runs a command to its end or to the time limit; output beyond the limit is thrown away. */
export async function execInContainer(
  engine: Docker,
  container: string,
  command: string[],
  options: ExecOptions & { environment?: string[] },
): Promise<ExecResult> {
  options.signal?.throwIfAborted();
  const { id, stream } = await openExec(engine, container, command, { tty: false, ...options });
  const output = new CapturedOutput(options.maxOutputBytes ?? defaultOutputBytes);
  const demux = new Demux();
  demux.on('stderr', (chunk: Buffer) => output.add('stderr', chunk));
  demux.on('data', (chunk: Buffer) => output.add('stdout', chunk));
  stream.end(options.stdin);
  const ended = await untilEnd(stream, demux, options);
  if (!ended) {
    await hangUp(engine, id, 'SIGKILL');
    stream.destroy();
  }
  options.signal?.throwIfAborted();
  const exitCode = ended ? await exitCodeOf(engine, id) : undefined;
  return { exitCode: exitCode ?? null, ...output.text(), timedOut: !ended, truncated: output.truncated };
}

/** True when the stream ended by itself. */
function untilEnd(stream: Duplex, demux: Demux, options: ExecOptions): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => done(false), options.timeoutMs);
    const aborted = () => done(false);
    options.signal?.addEventListener('abort', aborted, { once: true });
    function done(ended: boolean): void {
      clearTimeout(timer);
      options.signal?.removeEventListener('abort', aborted);
      resolve(ended);
    }
    stream.on('error', () => done(true));
    demux.on('end', () => done(true));
    stream.pipe(demux);
    demux.resume();
    // Given up while it was being opened: no event tells that again.
    if (options.signal?.aborted) done(false);
  });
}
