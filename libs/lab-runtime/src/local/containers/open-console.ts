import { once } from 'node:events';
import { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import type Docker from 'dockerode';
import type { Console } from '../../port/lab-runtime.js';
import { Demux } from '../engine/demux.js';
import { exitCodeOf, openExec, resizeExec } from '../engine/exec.js';
import { hangUp } from '../engine/hang-up.js';
import { toConsole } from '../../streams/to-console.js';

export type TerminalOptions = { command: string[]; user?: string; columns: number; rows: number };

/** A process with a terminal in the container. It is hung up when the console is destroyed before its end. */
export async function openTerminal(engine: Docker, container: string, options: TerminalOptions): Promise<Console> {
  const environment = ['TERM=xterm-256color', 'LANG=C.UTF-8'];
  const { id, stream } = await openExec(engine, container, options.command, {
    tty: true,
    user: options.user,
    environment,
  });
  // Of two sizes the later one counts, and after the end none.
  let sizing = new AbortController();
  const exited = once(stream, 'close').then(() => {
    sizing.abort();
    return endOf(engine, id);
  });
  const openedAt = performance.now();
  const setSize = async (columns: number, rows: number) => {
    sizing.abort();
    sizing = new AbortController();
    const { signal } = sizing;
    const tell = () => resizeExec(engine, id, columns, rows);
    await resize(tell, signal);
    if (performance.now() - openedAt < youngMs) void repeat(tell, signal);
  };
  const console = toConsole(stream, { resize: setSize, exited });
  await console.resize(options.columns, options.rows);
  return console;
}

/** The exit code; a process that still runs lost its console and is told so. */
async function endOf(engine: Docker, exec: string): Promise<number | undefined> {
  // The engine learns of the end a moment after the stream closes.
  for (const waitMs of [0, 20, 80, 200]) {
    await delay(waitMs);
    const code = await exitCodeOf(engine, exec);
    if (code !== undefined) return code;
  }
  await hangUp(engine, exec, 'SIGHUP');
  return undefined;
}

/** Engines refuse a size before the process has its terminal: that takes some milliseconds, on a busy host a second. */
async function resize(tell: () => Promise<void>, outdated: AbortSignal): Promise<void> {
  for (const waitMs of [10, 20, 40, 80, 160, 320, 640, 1280]) {
    try {
      return await tell();
    } catch {
      await delay(waitMs, undefined, { signal: outdated }).catch(() => undefined);
      if (outdated.aborted) return;
    }
  }
}

/** So long after its start a process may still wait for its terminal. */
const youngMs = 3000;

/** Podman takes a size for a terminal that is only being made, says yes, and its monitor forgets it: so it is told again. */
async function repeat(tell: () => Promise<void>, outdated: AbortSignal): Promise<void> {
  for (const waitMs of [100, 400, 1500, 3000]) {
    await delay(waitMs, undefined, { signal: outdated, ref: false }).catch(() => undefined);
    if (outdated.aborted) return;
    await tell().catch(() => undefined);
  }
}

/** Where the images' VNC server listens; a socket, so that no other system of the lab can reach it. */
export const desktopSocket = '/run/lab/desktop.sock';

/** The bytes of the desktop's VNC server. */
export async function openDesktop(engine: Docker, container: string, user?: string): Promise<Console> {
  const { stream } = await openExec(engine, container, ['socat', '-', `UNIX-CONNECT:${desktopSocket}`], {
    tty: false,
    user,
  });
  const demux = new Demux();
  stream.pipe(demux);
  const output = Duplex.from({ writable: stream, readable: demux });
  // To let go of it is no error; a stream of two says that it is one, which would end a process that does not listen.
  output.on('error', () => undefined);
  stream.on('error', (error) => output.destroy(error));
  stream.on('close', () => demux.end());
  output.on('close', () => stream.destroy());
  return toConsole(output);
}
