import { describeRuntime } from '../conformance/index.js';
import { missingImage, terminalImage } from '../conformance/subject.js';
import { platformService } from '../testing/platform-service.js';
import { kinds } from './client/kinds.js';
import { createKubernetesRuntime } from './create-kubernetes-runtime.js';
import { label } from './labels.js';
import { describeOnCluster, removeNamespaces, uniqueInstance } from './testing/test-cluster.js';

/** The project's terminal image, as the cluster knows it. */
const terminal = process.env['LAB_TEST_TERMINAL_IMAGE'] ?? 'registry.test/terminal:1';

describeOnCluster('the Kubernetes runtime', (target) => {
  describeRuntime('as every runtime', async () => {
    const cluster = target();
    const instance = uniqueInstance('c');
    const options = { config: cluster.config, instance, builtinImages: { terminal } };
    const [runtime, second] = [await createKubernetesRuntime(options), await createKubernetesRuntime(options)];
    const service = await platformService();
    const { forge } = await runtime.facts();

    return {
      subject: {
        runtime,
        second,
        image: terminalImage,
        missingImage,
        forbidden: [...(await clusterPorts()), ...service.forbidden],
        leftovers: async (sessionId) => {
          const found = await cluster.list(kinds.namespace, { labelSelector: `${label.session}=${sessionId}` });
          return found.map(({ metadata }) => metadata.name ?? '');
        },
        lacks: new Set([
          'frozen containers',
          'container files over a restart',
          'image check ahead',
          'names by network',
          'no address of IPv6',
          ...(forge.multus && forge.userNamespaces ? [] : (['forwarding'] as const)),
        ]),
      },
      stop: async () => {
        const left = await cluster.list(kinds.namespace, { labelSelector: `${label.instance}=${instance}` });
        await removeNamespaces(
          cluster,
          left.map(({ metadata }) => metadata.name ?? ''),
        );
        await Promise.all([runtime.close(), second.close()]);
        service.close();
      },
    };

    /** The API server, the kubelet, as nodes and as a service. */
    async function clusterPorts(): Promise<{ host: string; port: number }[]> {
      const nodes = await cluster.list(kinds.node);
      const api = await cluster.read({ kind: kinds.service, namespace: 'default', name: 'kubernetes' });
      const hosts = nodes.flatMap(({ status }) =>
        (status?.addresses ?? []).filter(({ type }) => type.endsWith('IP')).map((one) => one.address),
      );
      return [
        ...hosts.flatMap((host) => [6443, 10_250].map((each) => ({ host, port: each }))),
        ...(api?.spec?.clusterIP ? [{ host: api.spec.clusterIP, port: 443 }] : []),
      ];
    }
  });
});
