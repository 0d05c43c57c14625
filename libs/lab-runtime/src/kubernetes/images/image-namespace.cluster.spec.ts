import { expect, it } from 'vitest';
import { describeOnCluster, removeNamespaces, uniqueInstance } from '../testing/test-cluster.js';
import { imageNamespace } from './image-namespace.js';

describeOnCluster('the namespace of golden images', (cluster) => {
  it('is taken by the API server as it is written, also twice', async () => {
    const instance = uniqueInstance('n');
    const dns = { namespace: 'kube-system', podLabels: { 'k8s-app': 'kube-dns' } };
    const objects = imageNamespace({ instance, dns, openRanges: ['10.1.2.3'], closedRanges: ['203.0.114.0/24'] });
    try {
      for (const object of [...objects, ...objects]) expect(await cluster().apply(object)).toMatchObject(object);
    } finally {
      await removeNamespaces(cluster(), [`${instance}-images`]);
    }
  });
});
