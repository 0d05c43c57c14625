import type {
  V1ConfigMap,
  V1CustomResourceDefinition,
  V1Lease,
  V1LimitRange,
  V1Namespace,
  V1NetworkPolicy,
  V1Node,
  V1PersistentVolumeClaim,
  V1Pod,
  V1PodTemplate,
  V1ResourceQuota,
  V1Secret,
  V1Service,
  V1ServiceAccount,
  V1StorageClass,
  CoreV1Event,
} from '@kubernetes/client-node';
import type { DataSource } from '../types/cdi/data-source.js';
import type { DataVolume } from '../types/cdi/data-volume.js';
import type { VirtualMachine } from '../types/kubevirt/virtual-machine.js';
import type { VirtualMachineInstance } from '../types/kubevirt/virtual-machine-instance.js';
import type { Kind, KubeObject, Real } from './kube-object.js';

export type Namespace = Real<V1Namespace, 'v1', 'Namespace'>;
export type Pod = Real<V1Pod, 'v1', 'Pod'>;
export type PodTemplate = Real<V1PodTemplate, 'v1', 'PodTemplate'>;
export type Service = Real<V1Service, 'v1', 'Service'>;
export type Secret = Real<V1Secret, 'v1', 'Secret'>;
export type ConfigMap = Real<V1ConfigMap, 'v1', 'ConfigMap'>;
export type ServiceAccount = Real<V1ServiceAccount, 'v1', 'ServiceAccount'>;
export type ResourceQuota = Real<V1ResourceQuota, 'v1', 'ResourceQuota'>;
export type LimitRange = Real<V1LimitRange, 'v1', 'LimitRange'>;
export type PersistentVolumeClaim = Real<V1PersistentVolumeClaim, 'v1', 'PersistentVolumeClaim'>;
export type Node = Real<V1Node, 'v1', 'Node'>;
export type KubeEvent = Real<CoreV1Event, 'v1', 'Event'>;
export type NetworkPolicy = Real<V1NetworkPolicy, 'networking.k8s.io/v1', 'NetworkPolicy'>;
export type Lease = Real<V1Lease, 'coordination.k8s.io/v1', 'Lease'>;
export type StorageClass = Real<V1StorageClass, 'storage.k8s.io/v1', 'StorageClass'>;
export type CustomResourceDefinition = Real<
  V1CustomResourceDefinition,
  'apiextensions.k8s.io/v1',
  'CustomResourceDefinition'
>;
export type NetworkAttachmentDefinition = KubeObject & { spec: { config: string } };

const namespaced = <T extends KubeObject>(apiVersion: string, kind: string, plural: string): Kind<T> => ({
  apiVersion,
  kind,
  plural,
  namespaced: true,
});
const clusterWide = <T extends KubeObject>(apiVersion: string, kind: string, plural: string): Kind<T> => ({
  apiVersion,
  kind,
  plural,
  namespaced: false,
});

/** Every kind that this runtime reads or writes. A table instead of discovery: no call is spent on what is known. */
export const kinds = {
  namespace: clusterWide<Namespace>('v1', 'Namespace', 'namespaces'),
  node: clusterWide<Node>('v1', 'Node', 'nodes'),
  pod: namespaced<Pod>('v1', 'Pod', 'pods'),
  podTemplate: namespaced<PodTemplate>('v1', 'PodTemplate', 'podtemplates'),
  service: namespaced<Service>('v1', 'Service', 'services'),
  secret: namespaced<Secret>('v1', 'Secret', 'secrets'),
  configMap: namespaced<ConfigMap>('v1', 'ConfigMap', 'configmaps'),
  serviceAccount: namespaced<ServiceAccount>('v1', 'ServiceAccount', 'serviceaccounts'),
  resourceQuota: namespaced<ResourceQuota>('v1', 'ResourceQuota', 'resourcequotas'),
  limitRange: namespaced<LimitRange>('v1', 'LimitRange', 'limitranges'),
  persistentVolumeClaim: namespaced<PersistentVolumeClaim>('v1', 'PersistentVolumeClaim', 'persistentvolumeclaims'),
  event: namespaced<KubeEvent>('v1', 'Event', 'events'),
  networkPolicy: namespaced<NetworkPolicy>('networking.k8s.io/v1', 'NetworkPolicy', 'networkpolicies'),
  lease: namespaced<Lease>('coordination.k8s.io/v1', 'Lease', 'leases'),
  storageClass: clusterWide<StorageClass>('storage.k8s.io/v1', 'StorageClass', 'storageclasses'),
  customResourceDefinition: clusterWide<CustomResourceDefinition>(
    'apiextensions.k8s.io/v1',
    'CustomResourceDefinition',
    'customresourcedefinitions',
  ),
  networkAttachmentDefinition: namespaced<NetworkAttachmentDefinition>(
    'k8s.cni.cncf.io/v1',
    'NetworkAttachmentDefinition',
    'network-attachment-definitions',
  ),
  virtualMachine: namespaced<VirtualMachine>('kubevirt.io/v1', 'VirtualMachine', 'virtualmachines'),
  virtualMachineInstance: namespaced<VirtualMachineInstance>(
    'kubevirt.io/v1',
    'VirtualMachineInstance',
    'virtualmachineinstances',
  ),
  kubeVirt: namespaced('kubevirt.io/v1', 'KubeVirt', 'kubevirts'),
  dataVolume: namespaced<DataVolume>('cdi.kubevirt.io/v1beta1', 'DataVolume', 'datavolumes'),
  dataSource: namespaced<DataSource>('cdi.kubevirt.io/v1beta1', 'DataSource', 'datasources'),
  storageProfile: clusterWide('cdi.kubevirt.io/v1beta1', 'StorageProfile', 'storageprofiles'),
  cdi: clusterWide('cdi.kubevirt.io/v1beta1', 'CDI', 'cdis'),
  volumeSnapshot: namespaced('snapshot.storage.k8s.io/v1', 'VolumeSnapshot', 'volumesnapshots'),
  volumeSnapshotClass: clusterWide('snapshot.storage.k8s.io/v1', 'VolumeSnapshotClass', 'volumesnapshotclasses'),
  virtualMachineSnapshot: namespaced(
    'snapshot.kubevirt.io/v1beta1',
    'VirtualMachineSnapshot',
    'virtualmachinesnapshots',
  ),
  virtualMachineRestore: namespaced('snapshot.kubevirt.io/v1beta1', 'VirtualMachineRestore', 'virtualmachinerestores'),
  role: namespaced('rbac.authorization.k8s.io/v1', 'Role', 'roles'),
  roleBinding: namespaced('rbac.authorization.k8s.io/v1', 'RoleBinding', 'rolebindings'),
} as const satisfies Record<string, Kind>;

const byName = new Map<string, Kind>(
  Object.values(kinds).map((kind: Kind) => [`${kind.apiVersion}/${kind.kind}`, kind]),
);

/** The kind of an object, for those in the table and those that an administrator's objects add. */
export function kindOf(object: Pick<KubeObject, 'apiVersion' | 'kind'>, extra: readonly Kind[] = []): Kind {
  const name = `${object.apiVersion}/${object.kind}`;
  const found = byName.get(name) ?? extra.find((kind) => `${kind.apiVersion}/${kind.kind}` === name);
  if (!found) throw new TypeError(`This runtime does not write objects of the kind ${name}.`);
  return found;
}

/** Names the place of an object. */
export function refOf(object: KubeObject): { kind: Kind; namespace?: string; name: string } {
  const { name, namespace } = object.metadata;
  if (name === undefined) throw new TypeError(`A ${object.kind} without a name cannot be written.`);
  return { kind: kindOf(object), namespace, name };
}
