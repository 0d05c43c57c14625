import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { outputOf } from '../images/command.ts';
import { accountOf, installation } from './installed-variables.ts';

const where = installation();
const { namespace, instance } = where;
const ours = `${instance}-${randomBytes(4).toString('hex')}`;

/** kubectl in the name of one of the platform's service accounts. */
const as = (service: string, ...command: string[]) =>
  outputOf(['kubectl', ...command, '--as', accountOf(where, service)]);

/** What the API server's authorizer says of an account; `question`: `verb group/resource/subresource`, cluster-wide without a namespace. */
async function canI(service: string, question: string, within?: string): Promise<boolean> {
  const [verb = '', path = ''] = question.split(' ');
  const [group = '', resource = '', subresource = ''] = path.split('/');
  const review = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: {
      user: accountOf(where, service),
      groups: ['system:serviceaccounts', 'system:authenticated'],
      resourceAttributes: { verb, group: group === 'core' ? '' : group, resource, subresource, namespace: within },
    },
  };
  const answer = await outputOf(['kubectl', 'create', '-f', '-', '-o', 'json'], { input: JSON.stringify(review) });
  return JSON.parse(answer).status.allowed;
}

describe('the service accounts of an installation', () => {
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
    ['list core/secrets', undefined],
    ['get core/secrets', ours],
    ['create core/pods/exec', ours],
    ['create rbac.authorization.k8s.io/rolebindings', ours],
    ['list rbac.authorization.k8s.io/clusterroles', undefined],
    ['create core/nodes', undefined],
    ['patch core/nodes', undefined],
    ['impersonate core/users', undefined],
    ['create core/serviceaccounts/token', ours],
    ['create admissionregistration.k8s.io/validatingadmissionpolicies', undefined],
  ])('the provisioner may not %s', async (question, within) => {
    expect(await canI('provisioner', question, within)).toBe(false);
  });

  it.each([
    ['create core/pods/exec', true],
    ['get core/pods/portforward', true],
    ['get subresources.kubevirt.io/virtualmachineinstances/vnc', true],
    ['get subresources.kubevirt.io/virtualmachineinstances/console', true],
    ['list core/pods', false],
    ['create core/pods', false],
    ['delete core/pods', false],
    ['get core/pods/log', false],
    ['get core/secrets', false],
    ['update subresources.kubevirt.io/virtualmachineinstances/pause', false],
  ])('the console service: %s is %s', async (question, allowed) => {
    expect(await canI('console-service', question, ours)).toBe(allowed);
  });

  it.each(['auth-service', 'lab-service', 'instruction-service', 'gateway'])('%s may nothing', async (service) => {
    for (const resource of ['pods', 'secrets', 'namespaces', 'configmaps']) {
      expect(await canI(service, `get core/${resource}`, ours)).toBe(false);
    }
  });
});
