import type { Cluster } from '../client/cluster.js';
import type { KubeObject } from '../client/kube-object.js';

/** A token of the service account `platform`, issued as the kubelet does for a pod. */
export async function accountToken(cluster: Cluster, namespace: string): Promise<string> {
  const kind = { apiVersion: 'v1', kind: 'TokenRequest', plural: 'serviceaccounts/platform/token', namespaced: true };
  const request: KubeObject & { spec: object; status?: { token: string } } = {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    metadata: { namespace },
    spec: {},
  };
  return (await cluster.create(request, { kind })).status?.token ?? '';
}
