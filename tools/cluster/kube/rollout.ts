import { setTimeout as sleep } from 'node:timers/promises';
import type { Step } from '../../launcher/terminal/steps.ts';
import { Advice } from '../../setup/advice.mjs';
import type { Kubectl } from './kubectl.ts';

export interface Workload {
  kind: string;
  metadata: { name: string; generation?: number };
  spec: { replicas?: number };
  status: { observedGeneration?: number; replicas?: number; updatedReplicas?: number; readyReplicas?: number };
}
interface ContainerState {
  name: string;
  restartCount: number;
  state: { waiting?: { reason?: string; message?: string } };
  lastState?: { terminated?: { reason?: string; exitCode?: number } };
}
export interface Pod {
  metadata: { name: string };
  status: {
    conditions?: { type: string; status: string; reason?: string; message?: string }[];
    initContainerStatuses?: ContainerState[];
    containerStatuses?: ContainerState[];
  };
}

/** Waits until everything of the release is new and ready, and says meanwhile what keeps it. */
export async function untilRolledOut(kubectl: Kubectl, selector: string[], step: Step, timeoutS = 900): Promise<void> {
  const deadline = Date.now() + timeoutS * 1_000;
  for (;;) {
    const workloads = await kubectl.list<Workload>(['deployments,statefulsets', ...selector]);
    const waiting = workloads.filter((workload) => !isRolledOut(workload));
    if (waiting.length === 0 && workloads.length > 0) return step.result(`${workloads.length} workloads`);
    const troubles = (await kubectl.list<Pod>(['pods', ...selector])).flatMap(troublesOf);
    step.progress([`${workloads.length - waiting.length} of ${workloads.length} ready`, ...troubles].join('; '));
    if (Date.now() > deadline) throw new Advice(explain(waiting, troubles, timeoutS));
    await sleep(1_000);
  }
}

/** As `kubectl rollout status` does: pods of the version before are ready, too, and must be gone. */
export function isRolledOut({ metadata, spec, status }: Workload): boolean {
  const { replicas = 0, updatedReplicas = 0, readyReplicas = 0 } = status;
  const isSeen = status.observedGeneration === metadata.generation;
  return isSeen && updatedReplicas >= (spec.replicas ?? 1) && replicas <= updatedReplicas && readyReplicas >= replicas;
}

/** What a person should know of a pod that does not come up; nothing for one that is only on its way. */
export function troublesOf({ metadata, status }: Pod): string[] {
  const unscheduled = (status.conditions ?? []).filter(
    ({ type, status: is, reason }) => type === 'PodScheduled' && is === 'False' && reason === 'Unschedulable',
  );
  const containers = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  const stuck = containers.filter(({ state }) => !usual.has(state.waiting?.reason ?? 'PodInitializing'));
  return [
    ...unscheduled.map(({ message }) => `${metadata.name} finds no node (${message ?? ''})`),
    ...stuck.map(({ state }) => `${metadata.name}: ${state.waiting?.reason ?? ''}`),
  ];
}

const usual = new Set(['PodInitializing', 'ContainerCreating']);

function explain(waiting: Workload[], troubles: string[], timeoutS: number): string {
  const names = waiting.map(({ kind, metadata }) => `${kind.toLowerCase()}/${metadata.name}`);
  return [
    `Not ready after ${timeoutS} s: ${names.join(', ')}.`,
    ...troubles,
    'kubectl describe and kubectl logs say more.',
  ].join('\n');
}
