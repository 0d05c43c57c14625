import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { Kubectl } from '../kube/kubectl.ts';
import { accountOf, installation } from './installed-variables.ts';

const where = installation();
const kubectl = new Kubectl(process.env);

/** The flow schema that the API server took for a request of this account; it tells it in a header of its answer. */
function schemaFor(account: string): string | undefined {
  const { stderr } = spawnSync('kubectl', ['get', 'namespaces', '--as', account, '-v=8'], { encoding: 'utf8' });
  return /X-Kubernetes-Pf-Flowschema-Uid: (\S+)/i.exec(stderr)?.[1];
}

it.each([
  ['provisioner', true],
  ['console-service', true],
  ['gateway', false],
])('the API server has seats of its own for %s: %s', async (service, own) => {
  const ours = `${where.namespace}-${where.name}`;
  const schema = await kubectl.find<{ metadata: { uid: string } }>(['flowschema', ours]);
  const taken = schemaFor(accountOf(where, service));
  expect(taken).toBeDefined();
  expect(taken === schema?.metadata.uid).toBe(own);
});
