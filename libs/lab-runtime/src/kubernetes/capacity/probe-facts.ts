import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { ApiError, hasStatus } from '../client/api-error.js';
import type { Cluster } from '../client/cluster.js';
import { kinds, type Node, type Pod } from '../client/kinds.js';
import type { Kind, KubeObject } from '../client/kube-object.js';
import { parseRange } from '../forge/open-ranges.js';
import { numberOf } from '../forge/quantity.js';
import type { ClusterFacts } from './cluster-facts.js';
import { makesSnapshots } from './makes-snapshots.js';

type Status = { phase?: string; conditions?: { type: string; status: string }[] };
type WithStatus = KubeObject & { spec?: unknown; status?: Status };
const Version = z.looseObject({ gitVersion: z.string() });
const KubeVirtSpec = z.looseObject({
  configuration: z.looseObject({
    seccompConfiguration: z.looseObject({ virtualMachineInstanceProfile: z.looseObject({}) }),
  }),
});
const serviceCidrs: Kind<KubeObject & { spec?: { cidrs?: string[] } }> = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'ServiceCIDR',
  plural: 'servicecidrs',
  namespaced: false,
};
type Slice = KubeObject & { endpoints?: { addresses?: string[] }[] };
const endpointSlices: Kind<Slice> = {
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  namespaced: true,
};

export type ProbeParts = {
  /** Only named, never pulled: the pod with it is tried, not made. */
  image: string;
  /** Makes sure of a namespace of this installation to try pods in, and names it. */
  namespace(): Promise<string>;
};

/** Asks the cluster what it can do. */
export async function probeFacts(cluster: Cluster, parts: ProbeParts): Promise<ClusterFacts> {
  const [version, nodes, kubeVirts, cdis, vmKinds, snapshots, multus, ranges] = await Promise.all([
    cluster.get('/version').then((text) => Version.parse(JSON.parse(text)).gitVersion),
    cluster.list<Node>(kinds.node),
    listedIfThere<WithStatus>(cluster, kinds.kubeVirt),
    listedIfThere<WithStatus>(cluster, kinds.cdi),
    canLookAtVms(cluster),
    makesSnapshots(cluster),
    hasApi(cluster, '/apis/k8s.cni.cncf.io/v1'),
    otherRanges(cluster),
  ]);
  const vms = vmKinds && kubeVirts.some(isAvailable) && cdis.some(isAvailable);
  const userNamespaces = nodes.every(nodeHasUserNamespaces) && (await keepsHostUsers(cluster, parts));
  const kvm = nodes.some(({ status }) => numberOf(status?.allocatable?.['devices.kubevirt.io/kvm']) > 0);
  const restrictedVms = kubeVirts.some(({ spec }) => KubeVirtSpec.safeParse(spec).success);
  const facts = { vms, vmKinds, kvm, snapshots: vms && snapshots, version };
  const clusterRanges = [...new Set([...nodes.flatMap(rangesOf), ...ranges])].toSorted();
  const forge = { userNamespaces, multus, restrictedVms, clusterRanges };
  return { ...facts, forge, limitations: limitationsOf({ ...facts, userNamespaces, multus }) };
}

/** The container runtime of a node says whether it can; a kubelet with the feature switched off says nothing. */
function nodeHasUserNamespaces({ status }: Node): boolean {
  return (status?.runtimeHandlers ?? []).some(({ name, features }) => !name && features?.userNamespaces === true);
}

/** An API server with the feature switched off drops the field, and the root of a lab would be the node's root. */
async function keepsHostUsers(cluster: Cluster, { image, namespace }: ProbeParts): Promise<boolean> {
  const pod: Pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'user-namespaces', namespace: await namespace() },
    spec: {
      hostUsers: false,
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'probe',
          image,
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  };
  for (let tried = 1; ; tried += 1) {
    try {
      return (await cluster.create(pod, { dryRun: true })).spec?.hostUsers === false;
    } catch (error) {
      if (!(error instanceof ApiError) || error.retryable) throw error;
      // A namespace that was just made gets its account a moment later.
      if (tried > 10 || !/serviceaccount/i.test(error.message)) return false;
      await delay(300);
    }
  }
}

/** During an upgrade the phase is another one, and what was deployed before goes on working. */
function isAvailable({ status }: WithStatus): boolean {
  const says = status?.conditions?.some(({ type, status: is }) => type === 'Available' && is === 'True');
  return status?.phase === 'Deployed' || says === true;
}

/** Whether all kinds that a virtual machine is made of can be watched. */
async function canLookAtVms(cluster: Cluster): Promise<boolean> {
  const wanted: Kind[] = [kinds.virtualMachine, kinds.virtualMachineInstance, kinds.dataVolume];
  const can = await Promise.all(wanted.map((kind) => unlessMissing(cluster.pages(kind, { limit: 1 }).next())));
  return can.every((page) => page !== undefined);
}

/** A kind that the cluster does not have has no objects; one that we may not list is not used. */
async function listedIfThere<T extends KubeObject>(cluster: Cluster, kind: Kind<T>): Promise<T[]> {
  return (await unlessMissing(cluster.list(kind))) ?? [];
}

async function hasApi(cluster: Cluster, path: string): Promise<boolean> {
  return (await unlessMissing(cluster.get(path))) !== undefined;
}

/** Undefined for what is not there, or is not for us. */
async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (hasStatus(error, 403, 404)) return undefined;
    throw error;
  }
}

function rangesOf({ spec, status }: Node): string[] {
  const addresses = (status?.addresses ?? []).filter(({ type }) => type.endsWith('IP')).map(({ address }) => address);
  return [...(spec?.podCIDRs ?? []), ...addresses].map((text) => parseRange(text).cidr);
}

/** Services, and the API server's own addresses, which may be public ones. */
async function otherRanges(cluster: Cluster): Promise<string[]> {
  const [services, slices] = await Promise.all([
    listedIfThere(cluster, serviceCidrs),
    cluster
      .list<Slice>(endpointSlices, { namespace: 'default', labelSelector: 'kubernetes.io/service-name=kubernetes' })
      .catch((error: unknown): Slice[] => {
        if (hasStatus(error, 403)) return [];
        throw error;
      }),
  ]);
  const addresses = slices.flatMap(({ endpoints }) => (endpoints ?? []).flatMap((one) => one.addresses ?? []));
  return [...services.flatMap(({ spec }) => spec?.cidrs ?? []), ...addresses].map((text) => parseRange(text).cidr);
}

function limitationsOf(facts: {
  vms: boolean;
  kvm: boolean;
  snapshots: boolean;
  userNamespaces: boolean;
  multus: boolean;
}) {
  return [
    ...(facts.vms ? [] : ['There is no KubeVirt with CDI: labs with virtual machines are refused.']),
    ...(facts.vms && !facts.kvm ? ['No node offers KVM: virtual machines are emulated, and slow.'] : []),
    ...(facts.userNamespaces ? [] : ['Nodes have no user namespaces: systems that need root are refused.']),
    ...(facts.multus
      ? []
      : ['There is no Multus: a system has one interface however many networks it is in, and none can route.']),
    ...(facts.snapshots
      ? []
      : ['KubeVirt or the storage makes no snapshots: disks are copied, and there is no point to return to.']),
  ];
}
