import type { SessionSpec } from '@lab-orchestrator/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { createKubernetesRuntime } from '../create-kubernetes-runtime.js';
import { RuntimeError } from '../../port/runtime-error.js';

/** Where a worker is struck: after it was about to send so many writes, and a moment later. */
export type Strike = { signal: 'SIGSTOP' | 'SIGKILL'; afterWrites: number; delayMs: number };
export type Order =
  | { do: 'strike'; strike: Strike }
  /** One call of `apply`, as it is. */
  | { do: 'apply'; spec: SessionSpec }
  /** As the provisioner does: until it is ready, or gone. */
  | { do: 'start'; spec: SessionSpec }
  | { do: 'stop'; sessionId: string };
/** `done`, or the code of the error; `done before` when nothing was left to do when it was struck. */
export type Outcome = string;
export type Sent = { id: number; order: Order };
export type Reply = { id: number; outcome: Outcome };
export type WorkerSettings = { kubeconfig: string; instance: string; image: string };

const { kubeconfig, instance, image }: WorkerSettings = JSON.parse(process.argv[2] ?? '{}');
let strike: Strike | undefined;
/** Calls since it was struck; undefined before. */
let callsSince: number | undefined;

const runtime = await createKubernetesRuntime({
  kubeconfig,
  instance,
  builtinImages: { terminal: image },
  allowUnenforcedNetworks: true,
  onCall: ({ method }) => {
    if (callsSince !== undefined) callsSince += 1;
    if (method === 'GET' || !strike) return;
    strike.afterWrites -= 1;
    if (strike.afterWrites > 0) return;
    const { signal, delayMs } = strike;
    strike = undefined;
    const later = () => {
      callsSince = 0;
      process.kill(process.pid, signal);
    };
    // At once: before this very call, which is still to be made.
    if (delayMs <= 0) process.kill(process.pid, signal);
    else setTimeout(later, delayMs);
  },
});

async function follow(order: Order): Promise<void> {
  switch (order.do) {
    case 'strike':
      strike = order.strike;
      callsSince = undefined;
      return;
    case 'apply':
      return runtime.apply(order.spec);
    case 'start':
      return start(order.spec);
    case 'stop':
      while (!(await runtime.remove(order.sessionId)).gone) await delay(200);
  }
}

async function start(spec: SessionSpec): Promise<void> {
  for (;;) {
    await runtime.apply(spec).catch((error: unknown) => {
      if (!(error instanceof RuntimeError && error.retryable)) throw error;
    });
    const { systems } = await runtime.observe(spec);
    if (systems.every(({ state }) => state === 'ready')) return;
    await delay(200);
  }
}

process.on('message', ({ id, order }: Sent) => {
  follow(order).then(
    () => process.send?.({ id, outcome: callsSince === 0 ? 'done before' : 'done' } satisfies Reply),
    (error: unknown) => {
      const outcome = error instanceof RuntimeError ? error.code : String(error);
      process.send?.({ id, outcome } satisfies Reply);
    },
  );
});
process.on('disconnect', () => process.exit());
// What is struck is the work on sessions, not the first look at the cluster.
await runtime.sessions();
process.send?.('ready');
