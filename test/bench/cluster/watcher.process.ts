import { Watch } from '@kubernetes/client-node';
import { createKubernetesRuntime } from '@lab-orchestrator/lab-runtime/kubernetes';
import { serveCommands } from '../support/commands.ts';
import { wallClockMs } from '../support/wall-clock.ts';
import { configOf, type Identity } from './kube-config.ts';

export interface Sighting {
  sessionId: string;
  atMs: number;
}
export type WatcherCommands = typeof commands;

/** How long the bare watch waits before it tries a server again that is away. */
const againMs = 100;

let seen: Sighting[] = [];
const see = (sessionId: string) => void seen.push({ sessionId, atMs: wallClockMs() });

/** Notes when it is told of a session, through the runtime or through a watch of its own. */
const commands = {
  async ours(identity: Identity, instance: string): Promise<void> {
    const builtinImages = { terminal: 'registry.test/busybox:1' };
    const runtime = await createKubernetesRuntime({ config: configOf(identity), instance, builtinImages });
    runtime.watch(see);
    await runtime.sessions();
  },
  async bare(identity: Identity, instance: string): Promise<void> {
    const labelSelector = `lab-orchestrator.dev/instance=${instance}`;
    const path = '/apis/kubevirt.io/v1/virtualmachines';
    const begin = () =>
      new Watch(configOf(identity)).watch(
        path,
        { labelSelector, resourceVersion: '0' },
        (_, { metadata }: { metadata: { labels?: Record<string, string> } }) =>
          see(metadata.labels?.['lab-orchestrator.dev/session'] ?? ''),
        // It gives up a connection that is silent for 30 s, which half a minute without a change is.
        () => void setTimeout(begin, againMs),
      );
    await begin();
  },
  /** What was seen since the last time. */
  seen(): Sighting[] {
    const all = seen;
    seen = [];
    return all;
  },
};

serveCommands(commands);
