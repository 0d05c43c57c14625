import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { outputOf } from '../images/command.ts';

/** Set by `npm run test:cluster`: what is installed on the cluster of KUBECONFIG. */
const given = process.env['LAB_TEST_INSTALLED'];
const { namespace, name, instance } = JSON.parse(given ?? '{}') as Record<'namespace' | 'name' | 'instance', string>;
const ours = `${instance}-${randomBytes(4).toString('hex')}`;

/** kubectl in the name of one of the platform's service accounts. */
const as = (service: string, ...command: string[]) =>
  outputOf(['kubectl', ...command, '--as', `system:serviceaccount:${namespace}:${name}-${service}`]);
const canI = (service: string, ...question: string[]) =>
  as(service, 'auth', 'can-i', ...question).then(
    () => true,
    () => false,
  );

describe.skipIf(given === undefined)('the service accounts of an installation', () => {
  afterAll(() => outputOf(['kubectl', 'delete', 'namespace', ours, '--ignore-not-found', '--wait=false']));

  it('write in namespaces of the installation', async () => {
    await as('provisioner', 'create', 'namespace', ours);
    await as('provisioner', 'create', 'configmap', 'a', '--namespace', ours);
  });

  it.each([
    ['a foreign namespace', ['create', 'configmap', 'a', '--namespace', 'default']],
    ["the platform's own", ['create', 'configmap', 'a', '--namespace', namespace]],
    ['a new namespace of another name', ['create', 'namespace', `x${ours}`]],
    ['labels of a foreign namespace', ['label', 'namespace', 'default', 'lab-confinement=tried']],
  ])('write not in %s', async (_, command) => {
    await expect(as('provisioner', ...command)).rejects.toThrow(/ValidatingAdmissionPolicy .* denied request/);
  });

  it.each([
    ['read secrets', ['list', 'secrets', '--all-namespaces']],
    ['read secrets of a session', ['get', 'secrets', '--namespace', ours]],
    ['run commands in a session', ['create', 'pods/exec', '--namespace', ours]],
    ['give rights', ['create', 'rolebindings', '--namespace', ours]],
    ['see roles', ['list', 'clusterroles']],
    ['make nodes', ['create', 'nodes']],
    ['write on nodes', ['patch', 'nodes']],
    ['act for others', ['impersonate', 'users']],
    ['make tokens', ['create', 'serviceaccounts/token', '--namespace', ours]],
  ])('the provisioner may not %s', async (_, question) => {
    expect(await canI('provisioner', ...question)).toBe(false);
  });

  it.each([
    ['open a terminal', ['create', 'pods/exec'], true],
    ['forward a port', ['get', 'pods/portforward'], true],
    ['see a screen', ['get', 'virtualmachineinstances.subresources.kubevirt.io/vnc'], true],
    ['list pods', ['list', 'pods'], false],
    ['make pods', ['create', 'pods'], false],
    ['remove pods', ['delete', 'pods'], false],
    ['pause machines', ['update', 'virtualmachineinstances.subresources.kubevirt.io/pause'], false],
    ['read secrets', ['get', 'secrets'], false],
    ['read logs', ['get', 'pods/log'], false],
  ])('the console service: %s', async (_, question, allowed) => {
    expect(await canI('console-service', ...question, '--namespace', ours)).toBe(allowed);
  });

  it.each(['auth-service', 'lab-service', 'gateway'])('%s may nothing', async (service) => {
    for (const resource of ['pods', 'secrets', 'namespaces', 'configmaps']) {
      expect(await canI(service, 'get', resource, '--namespace', ours)).toBe(false);
    }
  });
});
