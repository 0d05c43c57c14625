import { besideGuest, type SessionSpec } from '@lab-orchestrator/contracts';
import type { LimitRange, ResourceQuota } from '../client/kinds.js';
import { labelsOf } from '../labels.js';
import { namespaceOf } from '../names.js';
import { extraObjectsUse } from './extra-objects.js';
import type { ForgeSettings } from './forge-settings.js';
import { bytesQuantity, cpuQuantity } from './quantity.js';
import { launcherCpus, launcherMemory } from './vm/launcher-room.js';

/** An importer or clone pod of CDI: limits of 750m and 600 MB. Two at a time for each disk: source and target. */
const transfer = { cpus: 1.5, memoryBytes: 1200 * 1e6 };

/**
 * The most that a session can hold. Requests only: with limits in the quota KubeVirt would have to set limits on
 * launchers, and a guest would be killed when its emulator grows.
 */
export function resourceQuotaFor(settings: ForgeSettings, session: SessionSpec): ResourceQuota {
  const vms = session.systems.filter((system) => system.kind === 'vm');
  const disks = vms.flatMap((vm) => vm.disks);
  const extra = extraObjectsUse(session.kubernetesObjects ?? []);
  const own = session.systems.map((system) =>
    system.kind === 'vm'
      ? { cpus: system.cpus + launcherCpus, memoryBytes: system.memoryBytes + besideGuest(launcherMemory, system) }
      : { cpus: system.cpus * settings.cpuRequestShare, memoryBytes: system.memoryBytes },
  );
  // When two processes make the same pod at once, the loser's is counted until the quota is counted anew.
  const spare = (of: (use: (typeof own)[number]) => number) => Math.max(...own.map(of));
  const cpus = sum(own.map((use) => use.cpus)) + spare((use) => use.cpus) + disks.length * transfer.cpus + extra.cpus;
  const memoryBytes =
    sum(own.map((use) => use.memoryBytes)) +
    spare((use) => use.memoryBytes) +
    disks.length * transfer.memoryBytes +
    extra.memoryBytes;
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: meta(settings.instance, session.sessionId),
    spec: {
      hard: {
        'requests.cpu': cpuQuantity(cpus),
        'requests.memory': bytesQuantity(memoryBytes),
        // One more of each VM while it is replaced; for each disk an importer, an upload and a clone source.
        pods: String(session.systems.length * 2 + vms.length + disks.length * 3 + extra.pods),
        // The disk itself, the one CDI fills first, and its scratch space.
        persistentvolumeclaims: String(disks.length * 3 + extra.claims),
        services: String(session.systems.length * 2 + extra.services),
        'services.nodeports': '0',
        'services.loadbalancers': '0',
        // A changed wish brings new Secrets beside the old ones.
        secrets: String(session.systems.length * 8 + vms.length * 2 + extra.secrets + 4),
        configmaps: String(session.systems.length + extra.configMaps + 4),
      },
    },
  };
}

/**
 * Requests for pods that name none, so that the quota lets them in: CDI's and an administrator's. No default limits:
 * they would be put on KubeVirt's launchers, too.
 */
export function limitRangeFor(settings: ForgeSettings, session: SessionSpec): LimitRange {
  return {
    apiVersion: 'v1',
    kind: 'LimitRange',
    metadata: meta(settings.instance, session.sessionId),
    spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '50m', memory: '64Mi' } }] },
  };
}

function meta(instance: string, sessionId: string) {
  return { name: 'session', namespace: namespaceOf(instance, sessionId), labels: labelsOf(instance, sessionId) };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
