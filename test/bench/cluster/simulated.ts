import { type KubernetesObject, KubernetesObjectApi } from '@kubernetes/client-node';
import { eachAtOnce } from '../support/each-at-once.ts';
import { until } from '../support/until.ts';
import { noGuest } from './labs.ts';
import type { ClusterStand } from './stand.ts';
import type { Template } from './template.ts';

export interface Simulated {
  name: string;
  namespace: string;
  sessionId: string;
}

const atOnce = 24;
const prefix = 'lab-orchestrator.dev';

/**
 * Machines that the runtime counts as its own and that do nothing: made as it makes them, but halted.
 * @param namespaces each of them looks like a session's @param ownSessions each machine says that it is another session's
 */
export async function simulate(
  stand: ClusterStand,
  template: Template,
  { count, namespaces, ownSessions }: { count: number; namespaces: number; ownSessions: boolean },
): Promise<Simulated[]> {
  const objects = KubernetesObjectApi.makeApiClient(stand.admin);
  const instance = stand.instances.ours;
  const sessions = Array.from({ length: namespaces }, () => crypto.randomUUID());
  const labels = (session: string) => ({ [`${prefix}/instance`]: instance, [`${prefix}/session`]: session });
  for (const session of sessions)
    await stand.core.createNamespace({
      body: { metadata: { name: `${instance}-${session}`, labels: labels(session) } },
    });
  const machines = Array.from({ length: count }, (_, index): Simulated => {
    const session = sessions[index % namespaces] ?? '';
    const name = `m${Math.floor(index / namespaces)}`;
    return { name, namespace: `${instance}-${session}`, sessionId: ownSessions ? crypto.randomUUID() : session };
  });
  const made = template.steps.flat().find(({ kind }) => kind === 'VirtualMachine');
  if (made === undefined) throw new Error('The template has no machine.');
  await eachAtOnce(atOnce, count, async (index) => {
    const one = machines[index];
    if (one === undefined) return;
    const text = JSON.stringify(made).replaceAll(template.sessionId, one.sessionId);
    const { metadata, ...rest } = JSON.parse(text) as KubernetesObject & { spec: object };
    const { name, namespace } = one;
    const annotations = { ...metadata?.annotations, ...noGuest };
    const spec = { ...rest.spec, runStrategy: 'Halted' };
    const machine = { ...rest, metadata: { ...metadata, name, namespace, annotations }, spec };
    await objects.create(machine);
  });
  return machines;
}

/** Until nothing changes them any more by itself. */
export async function settled(stand: ClusterStand): Promise<void> {
  const version = async () => (await stand.core.listNamespace()).metadata?.resourceVersion;
  let last = await version();
  let since = performance.now();
  await until(async () => {
    const now = await version();
    if (Number(now) - Number(last) > 20) since = performance.now();
    last = now;
    return performance.now() - since > 3_000;
  }, 300_000);
}
