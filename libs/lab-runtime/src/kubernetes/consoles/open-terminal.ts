import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { KubeConfig } from '@kubernetes/client-node';
import type { Console } from '../../port/lab-runtime.js';
import { RuntimeError } from '../../port/runtime-error.js';
import { toConsole } from '../../streams/to-console.js';
import { resizeFrame } from './channel-frames.js';
import { type ExecStatus, isMissingProgram } from './exec-status.js';
import { markedTerminal } from './launch.js';
import { hangUp, openPodExec, type PodPlace } from './pod-exec.js';
import type { SocketStream } from './socket-stream.js';
import { TerminalWire } from './terminal-wire.js';

export type TerminalOptions = { command: string[]; columns: number; rows: number; signal?: AbortSignal };

/** An engine that starts a whole class at once takes its time for each exec. */
const startMs = 60_000;

/** A process with a terminal in a container. It is hung up when the console is destroyed before its end. */
export async function openTerminal(config: KubeConfig, place: PodPlace, options: TerminalOptions): Promise<Console> {
  const mark = `lab-${randomUUID()}`;
  const wire = new TerminalWire(mark);
  const command = markedTerminal(mark, options.command, options);
  const { signal } = options;
  const stream = await openPodExec(config, place, { command, tty: true, stdin: true, wire, signal });
  stream.once('close', () => {
    if (stream.status === undefined) void hangUp(config, place, mark, 'HUP');
  });
  // Engines pass a resize on to the process only when they were told a size before.
  await stream.send(resizeFrame(options.columns, options.rows));
  await started(stream, wire, place, signal);
  return toConsole(stream, {
    resize: (columns, rows) => stream.send(resizeFrame(columns, rows)),
    exited: stream.ended.then((ended) => (ended && 'exitCode' in ended ? ended.exitCode : undefined)),
  });
}

async function started(stream: SocketStream, wire: TerminalWire, place: PodPlace, signal?: AbortSignal) {
  const done = new AbortController();
  const failed = (error: unknown): never => {
    throw error;
  };
  try {
    stream.read(0);
    await Promise.race([
      wire.started,
      once(stream, 'error', { signal: done.signal }).then(([error]) => failed(error)),
      stream.ended.then((status) => failed(notStarted(place, wire, status))),
      delay(startMs, undefined, { signal: done.signal }).then(() => failed(notStarted(place, wire, undefined))),
      ...(signal ? [once(signal, 'abort', { signal: done.signal }).then(() => failed(signal.reason))] : []),
    ]);
  } catch (error) {
    stream.on('error', () => undefined).destroy();
    throw error;
  } finally {
    done.abort();
  }
}

function notStarted(place: PodPlace, wire: TerminalWire, status: ExecStatus | undefined): RuntimeError {
  const failure = status !== undefined && 'failure' in status ? status.failure : undefined;
  if (failure !== undefined && isMissingProgram(failure)) {
    return new RuntimeError('invalid_spec', `The image of ${place.pod} has no "sh", which a terminal needs.`, false);
  }
  const why = failure ?? (status === undefined ? 'no answer' : 'it ended at once');
  return new RuntimeError('unreachable', `No terminal in ${place.pod}: ${wire.complaint || why}`, true);
}
