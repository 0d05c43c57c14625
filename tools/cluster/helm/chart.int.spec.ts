import { kubernetesKinds } from '@lab-orchestrator/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { chart, helm, podOf, render, type Rendered, withoutHelm } from '../testing/rendered-chart.ts';

let objects: Rendered[];
beforeAll(async () => {
  if (withoutHelm === undefined) objects = await render('trial.enabled=true');
});
const describeChart = describe.skipIf(withoutHelm !== undefined);
if (withoutHelm !== undefined) process.stderr.write(`The chart is not looked at: ${withoutHelm}\n`);

const ofKinds = (rendered: Rendered[], ...kinds: string[]) => rendered.filter(({ kind }) => kinds.includes(kind));
const ofKind = (...kinds: string[]) => ofKinds(objects, ...kinds);
const service = ({ metadata }: Rendered) => metadata.labels?.['app.kubernetes.io/component'] ?? metadata.name;

/** A role holds in one namespace, a cluster role in all. */
const within = ({ metadata: { namespace } }: Rendered) => (namespace === undefined ? '' : `  in ${namespace}`);

/** What roles give, a line for each resource of a rule. */
const linesOf = (rendered: Rendered[]) =>
  ofKinds(rendered, 'ClusterRole', 'Role').flatMap((role) =>
    (role.rules ?? []).flatMap(({ apiGroups = [], resources = [], verbs }) =>
      apiGroups.flatMap((group) =>
        resources.map(
          (name) => `${service(role)}  ${group === '' ? 'core' : group}/${name}  ${verbs.join(',')}${within(role)}`,
        ),
      ),
    ),
  );

describeChart('rights on the cluster', () => {
  const lines = () => linesOf(objects);

  it('are these and no others', async () => {
    await expect(`${lines().toSorted().join('\n')}\n`).toMatchFileSnapshot('rights.golden.txt');
  });

  it('have no wildcard, no address outside of resources, nothing that makes rights', () => {
    const rules = ofKind('ClusterRole', 'Role').flatMap(({ rules: own = [] }) => own);
    const words = rules.flatMap((rule) => [...(rule.apiGroups ?? []), ...(rule.resources ?? []), ...rule.verbs]);
    expect(words.filter((word) => word.includes('*'))).toEqual([]);
    expect(
      words.filter((word) => ['escalate', 'bind', 'impersonate', 'rbac.authorization.k8s.io'].includes(word)),
    ).toEqual([]);
    expect(rules.filter(({ nonResourceURLs }) => nonResourceURLs)).toEqual([]);
  });

  it('are given to two service accounts, by our own roles', () => {
    const bindings = ofKind('ClusterRoleBinding', 'RoleBinding');
    const roles = new Set(ofKind('ClusterRole', 'Role').map(({ metadata }) => metadata.name));
    expect(bindings.map(({ subjects }) => subjects?.map(({ name }) => name))).toEqual([
      ['lab-orchestrator-console-service'],
      ['lab-orchestrator-provisioner'],
      ['lab-orchestrator-provisioner'],
    ]);
    expect(bindings.every(({ roleRef }) => roles.has(roleRef?.name ?? ''))).toBe(true);
  });

  describe('where labs may bring Kubernetes objects', () => {
    let all: string[];
    beforeAll(async () => {
      all = linesOf(await render('trial.enabled=true', 'labs.kubernetesObjects=true'));
    });

    it('are these in addition', () => {
      expect(all.filter((line) => !lines().includes(line)).toSorted()).toEqual([
        'provisioner  apps/deployments  get,list,create,patch,delete',
        'provisioner  apps/statefulsets  get,list,create,patch,delete',
        'provisioner  batch/jobs  get,list,create,patch,delete',
        'provisioner  core/persistentvolumeclaims  create,patch',
      ]);
    });

    it.each(Object.entries(kubernetesKinds))('are enough for a %s', (kind, apiVersion) => {
      const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : 'core';
      const start = `provisioner  ${group}/${kind.toLowerCase()}s  `;
      const verbs = all.filter((line) => line.startsWith(start)).flatMap((line) => line.slice(start.length).split(','));
      // Secrets are written, never read.
      const needed = [...(kind === 'Secret' ? [] : ['get']), 'create', 'patch', 'delete'];
      expect(verbs).toEqual(expect.arrayContaining(needed));
    });
  });

  it('let the console service read consoles and change nothing', () => {
    const changing = lines().filter((line) =>
      /^console-service .*(update|patch|delete|create|deletecollection)/.test(line),
    );
    expect(changing).toEqual([
      'console-service  core/pods/exec  get,create',
      'console-service  core/pods/portforward  get,create',
    ]);
    expect(lines().filter((line) => /^console-service .*secrets/.test(line))).toEqual([]);
  });

  it('come with a token in the pods of those two only', () => {
    const withToken = objects.filter(
      (object) => podOf(object) && podOf(object)?.automountServiceAccountToken !== false,
    );
    expect(withToken.map(service)).toEqual(['console-service', 'provisioner']);
  });
});

describeChart('every pod', () => {
  it('is restricted, has limits, and a file system that it cannot write to', () => {
    const pods = objects.flatMap((object) => podOf(object) ?? []);
    expect(pods.length).toBeGreaterThan(8);
    for (const pod of pods) {
      expect(pod).not.toHaveProperty('hostNetwork');
      expect(pod).not.toHaveProperty('hostPID');
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      expect(pod.securityContext?.['runAsUser']).toBeGreaterThan(0);
      expect(pod.volumes?.filter((volume) => 'hostPath' in volume) ?? []).toEqual([]);
      for (const container of [...(pod.initContainers ?? []), ...pod.containers]) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        expect(container.resources).toHaveProperty('limits.memory');
        expect(container.resources).toHaveProperty('requests');
      }
    }
  });

  it('is in a network policy that denies by default', () => {
    const names = ofKind('NetworkPolicy').map(({ metadata }) => metadata.name);
    expect(names).toContain('lab-orchestrator-default-deny');
  });
});

describeChart('values', () => {
  it('say to the provisioner whether labs may bring Kubernetes objects', async () => {
    for (const given of ['true', 'false']) {
      const rendered = await render('trial.enabled=true', `labs.kubernetesObjects=${given}`);
      const pods = rendered.filter((object) => podOf(object) && service(object) === 'provisioner');
      const variables = pods.flatMap((object) => podOf(object)?.containers[0]?.env ?? []);
      expect(variables).toContainEqual({ name: 'LAB_KUBE_EXTRA_OBJECTS', value: given });
    }
  });

  it('say to the provisioner where the cluster’s own parts are, and what makes lab networks', async () => {
    const rendered = await render(
      'trial.enabled=true',
      'labs.dns.namespace=openshift-dns',
      String.raw`labs.dns.podLabels.dns\.operator\.openshift\.io/daemonset-dns=default`,
      'labs.dns.port=5353',
      'labs.cdiNamespace=openshift-cnv',
      'labs.networkPlugin.type=ovn-k8s-cni-overlay',
      'labs.networkPlugin.mtu=1300',
    );
    const pods = rendered.filter((object) => podOf(object) && service(object) === 'provisioner');
    const variables = pods.flatMap((object) => podOf(object)?.containers[0]?.env ?? []);
    const given = Object.fromEntries(variables.map(({ name, value }) => [name, value]));
    expect(JSON.parse(given['LAB_KUBE_DNS'] ?? '')).toEqual({
      namespace: 'openshift-dns',
      podLabels: { 'dns.operator.openshift.io/daemonset-dns': 'default' },
      port: 5353,
    });
    expect(JSON.parse(given['LAB_KUBE_NETWORK_PLUGIN'] ?? '')).toEqual({ type: 'ovn-k8s-cni-overlay', mtu: 1300 });
    expect(given).toMatchObject({ LAB_KUBE_CDI_NAMESPACE: 'openshift-cnv', LAB_KUBE_KUBEVIRT_NAMESPACE: 'kubevirt' });
    const uploads = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'openshift-cnv' } } };
    const policies = rendered.filter(({ kind }) => kind === 'NetworkPolicy');
    expect(policies).toContainEqual(
      expect.objectContaining({
        spec: expect.objectContaining({ egress: expect.arrayContaining([expect.objectContaining({ to: [uploads] })]) }),
      }),
    );
  });

  it.each([
    ['an instance that is no part of a namespace', 'instance=My_Labs', /instance/],
    ['an address with a path', 'publicUrl=https://a.example/labs', /publicUrl/],
    ['a mistyped name', 'gatway.replicas=3', /gatway/],
    ['a mistyped log level', 'logLevel=loud', /logLevel/],
    ['a plugin that would join labs', 'labs.networkPlugin.type=macvlan', /networkPlugin/],
    ['a namespace that is none', 'labs.cdiNamespace=My_CDI', /cdiNamespace/],
    ['a level without a share', 'apiPriority.shares=0', /shares/],
  ])('refuse %s', async (_, setting, message) => {
    await expect(render('trial.enabled=true', setting)).rejects.toThrow(message);
  });

  it('leave the API server’s priorities alone where somebody wants that', async () => {
    const priorities = ['FlowSchema', 'PriorityLevelConfiguration'];
    expect(ofKind(...priorities)).toHaveLength(2);
    expect(ofKinds(await render('trial.enabled=true', 'apiPriority.enabled=false'), ...priorities)).toEqual([]);
  });

  it('ask for the stores when there is no trial', async () => {
    await expect(render()).rejects.toThrow(/existingSecret: name the secret that holds the URL, or set trial.enabled/);
  });

  const production = [
    'database.existingSecret=db',
    'nats.existingSecret=nats',
    'redis.existingSecret=redis',
    'secrets.existingSecret=keys',
  ];
  it('make a production installation without secrets and stores of our own', async () => {
    const kinds = (await render(...production)).map(({ kind }) => kind);
    expect(kinds).not.toContain('Secret');
    expect(kinds).not.toContain('StatefulSet');
  });

  it.each([
    [
      'ingress',
      ['ingress.enabled=true', 'tls.certManager.enabled=true', 'tls.certManager.issuerRef.name=dns'],
      ['Ingress', 'Certificate'],
    ],
    ['Gateway API', ['gatewayApi.enabled=true', 'gatewayApi.parentRefs[0].name=public'], ['HTTPRoute']],
    [
      'monitoring',
      [
        'monitoring.podMonitor.enabled=true',
        'monitoring.dashboards.enabled=true',
        'monitoring.alerts.enabled=true',
        'monitoring.alerts.prometheusRule=true',
      ],
      ['PodMonitor', 'PrometheusRule', 'ConfigMap'],
    ],
    [
      'autoscaling',
      ['services.provisioner.autoscaling.enabled=true', 'services.gateway.autoscaling.enabled=true'],
      ['HorizontalPodAutoscaler'],
    ],
  ])('render %s', async (_, settings, kinds) => {
    const rendered = new Set((await render(...production, ...settings)).map(({ kind }) => kind));
    expect([...rendered]).toEqual(expect.arrayContaining(kinds));
  });

  it('pass helm lint', async () => {
    expect(await helm(['lint', '--strict', chart], ['trial.enabled=true'])).toContain('0 chart(s) failed');
  });
});
