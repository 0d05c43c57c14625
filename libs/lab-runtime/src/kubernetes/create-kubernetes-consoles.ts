import { KubeConfig } from '@kubernetes/client-node';
import type { Consoles, SystemRef } from '../port/lab-runtime.js';
import { RuntimeError } from '../port/runtime-error.js';
import { checkInstance } from '../settings/instance.js';
import { Cluster } from './client/cluster.js';
import { kinds } from './client/kinds.js';
import { execInSystem, openConsole } from './consoles/cluster-consoles.js';
import { namespaceOf } from './names.js';

export type KubernetesConsolesOptions = { config?: KubeConfig; instance: string };

/**
 * Consoles without the rest of the runtime, for a process that may read what it connects to and nothing else: no watch,
 * no look at nodes, no right to change anything.
 */
export function createKubernetesConsoles(options: KubernetesConsolesOptions): Consoles {
  const instance = checkInstance(options.instance);
  const config = options.config ?? new KubeConfig();
  if (options.config === undefined) config.loadFromDefault();
  const cluster = new Cluster({ config });

  /** A system that is paused or restarts has no pod for a while: its service says that it is only away. */
  async function unlessAway<T>({ sessionId, system }: SystemRef, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof RuntimeError) || error.code !== 'not_found') throw error;
      const namespace = namespaceOf(instance, sessionId);
      if ((await cluster.read({ kind: kinds.service, namespace, name: system })) === undefined) throw error;
      throw new RuntimeError('unreachable', `${system} is not running.`, true, { cause: error });
    }
  }

  return {
    open: (target, call = {}) => unlessAway(target, () => openConsole(cluster, instance, target, call)),
    exec: (target, command, call) => unlessAway(target, () => execInSystem(cluster, instance, target, command, call)),
    close: async () => cluster.close(),
  };
}
