import { connect } from 'node:net';
import { once } from 'node:events';
import type { Console, ConsoleTarget, LabRuntime } from '@lab-orchestrator/lab-runtime';
import { socketOf } from './behaviour.ts';

/** Where a lab would be: every console leads to the bench's own source of bytes, so that only the service is measured. */
export function socketRuntime(folder: string): LabRuntime {
  const none = () => Promise.reject(new Error('the bench has no lab'));
  return {
    open: ({ system }: ConsoleTarget) => openConsole(folder, system),
    close: () => Promise.resolve(),
    watch: () => ({ [Symbol.dispose]() {} }),
    apply: none,
    observe: none,
    remove: none,
    pause: none,
    resume: none,
    restart: none,
    sessions: none,
    ensureImage: none,
    images: none,
    removeImage: none,
    exec: none,
    snapshot: none,
    restore: none,
    capacity: none,
  };
}

async function openConsole(folder: string, name: string): Promise<Console> {
  const socket = connect(socketOf(folder, name));
  await once(socket, 'connect');
  socket.write(`${name}\n`);
  return Object.assign(socket, { resize: () => Promise.resolve(), exited: new Promise<undefined>(() => {}) });
}
