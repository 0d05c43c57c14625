import { describe, expect, it } from 'vitest';
import { containerSystem, forgeFacts, forgeSettings, labSession } from '../testing/lab-session.js';
import { vmSystem } from '../testing/vm-system.js';
import { extraObjectsFor } from './extra-objects.js';
import { filesSecretFor } from './files.js';
import { limitRangeFor, resourceQuotaFor } from './limits.js';
import { networkAttachmentsFor } from './multus.js';
import { namespaceFor, serviceAccountFor } from './namespace.js';
import { podFor } from './pod.js';
import { podSecurityOf } from './pod-security.js';
import { policiesFor } from './policies.js';
import { serviceFor } from './service.js';

const settings = forgeSettings();
const session = labSession({
  networks: [
    { name: 'lan', internet: false },
    { name: 'wan', internet: true },
  ],
});
const file = { path: '/home/lab/flag', contentBase64: 'c2VjcmV0', mode: '0640' };
const busy = containerSystem({
  networks: ['lan', 'wan'],
  command: ['serve', '--pid', '$$', '$(HOME)'],
  environment: { GREETING: 'costs $5, not $(HOME)' },
  files: [file],
  access: [
    { name: 'shell', kind: 'terminal', command: ["it's"] },
    { name: 'screen', kind: 'desktop' },
    { name: 'site', kind: 'web', port: 8080, path: '/' },
  ],
});

describe('what is forged of a session', () => {
  it('is a namespace and its limits', () => {
    expect(namespaceFor('main', session, 'restricted')).toMatchSnapshot();
    expect(serviceAccountFor('main', session.sessionId)).toMatchSnapshot();
    expect(limitRangeFor(settings, session)).toMatchSnapshot();
    expect(resourceQuotaFor(settings, labSession({ systems: [busy, vmSystem()] }))).toMatchSnapshot();
  });

  it('is its isolation', () => {
    expect(policiesFor(settings, session, forgeFacts)).toMatchSnapshot();
  });

  it('is a plain pod', () => {
    expect(podFor(settings, session, containerSystem(), forgeFacts)).toMatchSnapshot();
  });

  it('is a pod with all that a lab may want', () => {
    expect(podFor(settings, session, busy, forgeFacts)).toMatchSnapshot();
    expect(filesSecretFor('main', session.sessionId, busy)).toMatchSnapshot();
    expect(serviceFor('main', session.sessionId, busy)).toMatchSnapshot();
  });

  it('is an interface per network where there is Multus', () => {
    const facts = { ...forgeFacts, multus: true };
    expect(networkAttachmentsFor(settings, session, facts)).toMatchSnapshot();
    expect(podFor(settings, session, busy, facts).metadata.annotations).toMatchSnapshot();
    expect(networkAttachmentsFor(settings, labSession(), facts)).toEqual([]);
  });

  it('is what an administrator adds, in the session’s namespace and without a token', () => {
    const kubernetesObjects: NonNullable<typeof session.kubernetesObjects> = [
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'notes' }, data: { a: 'b' } },
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'load', labels: { app: 'load' } },
        spec: { replicas: 2, template: { spec: { containers: [{ name: 'c', image: 'i' }] } } },
      },
    ];
    const withExtras = { ...session, kubernetesObjects };
    expect(extraObjectsFor('main', withExtras)).toMatchSnapshot();
    const hard = resourceQuotaFor(settings, withExtras).spec?.hard;
    expect(hard).toMatchObject({ pods: '5', configmaps: '6', 'requests.cpu': '250m' });
  });
});

describe('the pod of a system', () => {
  it.each([
    ['an ordinary one', {}, undefined, 1000],
    ['one that needs root', { root: true }, false, 0],
  ])('%s runs as the right user', (_, change, hostUsers, user) => {
    const { spec } = podFor(settings, session, containerSystem(change), forgeFacts);
    expect(spec).toMatchObject({ securityContext: { runAsUser: user, runAsNonRoot: user !== 0 } });
    expect(spec?.hostUsers).toBe(hostUsers);
    expect(spec?.containers[0]?.securityContext).toMatchObject({
      privileged: false,
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    });
  });

  it.each([
    ['root', { root: true }, { userNamespaces: false }, 'insufficient_rights', /user namespaces/],
    ['forwarding', { forwarding: true }, { multus: false }, 'unsupported', /Multus/],
  ])('refuses %s where the cluster cannot', (_, change, facts, code, text) => {
    const forge = () => podFor(settings, session, containerSystem(change), { ...forgeFacts, ...facts });
    expect(forge).toThrow(expect.objectContaining({ code, retryable: false, message: expect.stringMatching(text) }));
  });
});

describe('the Pod Security level', () => {
  const systems = {
    plain: containerSystem(),
    root: containerSystem({ root: true }),
    router: containerSystem({ forwarding: true }),
    vm: vmSystem(),
  };
  it.each([
    [['plain'], false, 'restricted'],
    [['plain', 'root'], false, 'baseline'],
    [['plain', 'vm'], false, 'baseline'],
    [['plain', 'vm'], true, 'restricted'],
  ] as const)('of %j (launchers with a seccomp profile: %s) is %s', (names, restrictedVms, level) => {
    const lab = labSession({ systems: names.map((name) => systems[name]) });
    expect(podSecurityOf(settings, lab, { restrictedVms })).toBe(level);
  });

  it.each([
    [['root'], 'restricted', 'baseline'],
    [['router'], 'baseline', 'privileged'],
  ] as const)('of %j is refused where only %s is allowed', (names, lowestPodSecurity, level) => {
    const lab = labSession({ systems: names.map((name) => systems[name]) });
    const find = () => podSecurityOf({ lowestPodSecurity }, lab, { restrictedVms: false });
    expect(find).toThrow(
      expect.objectContaining({ code: 'insufficient_rights', message: expect.stringContaining(level) }),
    );
  });
});
