import { networkInterfaces } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { Cluster } from '../client/cluster.js';
import { kinds } from '../client/kinds.js';
import type { Canary } from './canaries.js';
import type { Target } from './isolation-probe.js';

export type Surroundings = {
  /** Namespace of another session, with the systems `web` and `hidden` on networks of their own. */
  other: string;
  /** Namespace without policies, with a pod and a service `server`, and a node port `door`. */
  platform: string;
  canaries: readonly Canary[];
};

/** The address of a pod, once it has one. */
export async function addressOf(cluster: Cluster, namespace: string, name: string): Promise<string> {
  for (;;) {
    const address = (await cluster.read({ kind: kinds.pod, namespace, name }))?.status?.podIP;
    if (address) return address;
    await delay(200);
  }
}

/** Everything around a lab that it must not reach, on a test cluster whose node is this machine. */
export async function isolationTargets(
  cluster: Cluster,
  { other, platform, canaries }: Surroundings,
): Promise<Target[]> {
  const read = (name: string, namespace: string) => cluster.read({ kind: kinds.service, namespace, name });
  const api = (await read('kubernetes', 'default'))?.spec?.clusterIP ?? '';
  const dns = (await read('kube-dns', 'kube-system'))?.spec?.clusterIP ?? '';
  const clusterIp = (await read('server', platform))?.spec?.clusterIP ?? '';
  const nodePort = (await read('door', platform))?.spec?.ports?.[0]?.nodePort ?? 0;
  const [dnsPod] = await cluster.list(kinds.pod, { namespace: 'kube-system', labelSelector: 'k8s-app=kube-dns' });
  const [node] = await cluster.list(kinds.node);
  const nodeIp = node?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '';
  const hosts = Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
    (addresses ?? []).filter(({ internal }) => !internal).map((address) => ({ ...address, name })),
  );
  const v4 = hosts.filter(({ family }) => family === 'IPv4').map(({ address }) => address);
  const gateway = hosts.find(({ address }) => address.startsWith('10.244.'))?.address ?? nodeIp;
  const at = (name: string, host: string, port: number, answers: Target['answers'] = 'anybody'): Target => ({
    name,
    host,
    port,
    answers,
  });
  const others = v4.filter((address) => address !== nodeIp && address !== gateway);
  const udp = canaries.filter(({ protocol }) => protocol === 'udp');
  const tcp = canaries.filter(({ protocol }) => protocol === 'tcp');
  return [
    at('another session, by address', await addressOf(cluster, other, 'web'), 80, 'members'),
    at('another session, by its full name', `web.${other}.svc.cluster.local`, 80, 'members'),
    at('another session, by its short name', `web.${other}`, 80, 'members'),
    at('another network of another session', await addressOf(cluster, other, 'hidden'), 80, 'members'),
    at('the API server, by its service address', api, 443),
    at('the API server, by its name', 'kubernetes.default.svc.cluster.local', 443),
    at('the API server, by the address of its node', nodeIp, 6443),
    at('the kubelet', nodeIp, 10250),
    at('the kubelet, by the address of the pods’ gateway', gateway, 10250, 'nobody'),
    at('health of the kubelet', nodeIp, 10248, 'nobody'),
    at('health of kube-proxy', nodeIp, 10256, 'nobody'),
    at('etcd', nodeIp, 2379, 'nobody'),
    at('SSH of the node', nodeIp, 22, 'nobody'),
    at('a node port', nodeIp, nodePort),
    at('a node port, by the address of the pods’ gateway', gateway, nodePort, 'nobody'),
    at('a pod of the platform, by address', await addressOf(cluster, platform, 'server'), 80),
    at('a service of the platform, by address', clusterIp, 80),
    at('a service of the platform, by name', `server.${platform}.svc.cluster.local`, 80),
    at('metrics of the name server', dnsPod?.status?.podIP ?? dns, 9153, 'nobody'),
    at('health of the name server', dnsPod?.status?.podIP ?? dns, 8080, 'nobody'),
    at('readiness of the name server', dnsPod?.status?.podIP ?? dns, 8181, 'nobody'),
    at('cloud metadata', '169.254.169.254', 80, 'nobody'),
    at('cloud metadata (ECS tasks)', '169.254.170.2', 80, 'nobody'),
    at('cloud metadata (Alibaba)', '100.100.100.200', 80, 'nobody'),
    at('cloud metadata (Azure’s host)', '168.63.129.16', 80, 'nobody'),
    ...tcp.map(({ name, port }) => at(`${name} on the node`, nodeIp, port)),
    ...tcp.map(({ name, port }) => at(`${name} on the pods’ gateway`, gateway, port)),
    ...others.flatMap((host) => tcp.map(({ name, port }) => at(`${name} on the node’s other address`, host, port))),
    ...udp.map(({ name, port }): Target => ({
      name: `${name} on the node`,
      host: nodeIp,
      port,
      protocol: 'udp',
      answers: 'anybody',
    })),
    at('NATS on its usual port', nodeIp, 4222, 'nobody'),
    at('PostgreSQL on its usual port', nodeIp, 5432, 'nobody'),
    at('Redis on its usual port', nodeIp, 6379, 'nobody'),
    at('private addresses (10.0.0.0/8)', '10.0.0.1', 80, 'nobody'),
    at('private addresses (172.16.0.0/12)', '172.16.0.1', 80, 'nobody'),
    at('private addresses (192.168.0.0/16)', '192.168.0.1', 80, 'nobody'),
    at('the internet', '1.1.1.1', 443, 'nobody'),
    at('a name server of the internet', '8.8.8.8', 53, 'nobody'),
  ];
}
