type Fields = Record<string, unknown>;

/** Passes `restricted`; what a case forbids is added. */
const main = (change: Fields = {}, security: Fields = {}) => ({
  name: 'main',
  image: 'busybox',
  imagePullPolicy: 'IfNotPresent',
  command: ['sleep', '60'],
  resources: { requests: { cpu: '10m', memory: '16Mi' }, limits: { cpu: '100m', memory: '32Mi' } },
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, ...security },
  ...change,
});
export const podSpec = (change: Fields = {}, containerChange: Fields = {}, security: Fields = {}) => ({
  automountServiceAccountToken: false,
  securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [main(containerChange, security)],
  ...change,
});
const context = (change: Fields) => ({ securityContext: { ...podSpec().securityContext, ...change } });
export const service = (spec: Fields) => ({ selector: { app: 'web' }, ports: [{ port: 80 }], ...spec });

/**
 * What is forbidden (S2), and whether the first door, the schema of administrators' objects, knows it as well. It cannot
 * know what depends on the session: whether root is allowed there, and how much the lab was given.
 */
export const forbiddenSpecs: [string, 'Pod' | 'Service', Fields, 'both doors' | 'cluster'][] = [
  ['the network of the node', 'Pod', podSpec({ hostNetwork: true }), 'both doors'],
  ['the processes of the node', 'Pod', podSpec({ hostPID: true }), 'both doors'],
  ['the memory of the node', 'Pod', podSpec({ hostIPC: true }), 'both doors'],
  [
    'a privileged container',
    'Pod',
    podSpec({}, {}, { privileged: true, allowPrivilegeEscalation: undefined }),
    'both doors',
  ],
  ['gaining privileges', 'Pod', podSpec({}, {}, { allowPrivilegeEscalation: true }), 'both doors'],
  [
    'an added capability',
    'Pod',
    podSpec({}, {}, { capabilities: { drop: ['ALL'], add: ['NET_ADMIN'] } }),
    'both doors',
  ],
  ['files of the node', 'Pod', podSpec({ volumes: [{ name: 'a', hostPath: { path: '/' } }] }), 'both doors'],
  ['a port of the node', 'Pod', podSpec({}, { ports: [{ containerPort: 80, hostPort: 80 }] }), 'both doors'],
  ['an unmasked /proc', 'Pod', podSpec({ hostUsers: false }, {}, { procMount: 'Unmasked' }), 'both doors'],
  ['the account of somebody else', 'Pod', podSpec({ serviceAccountName: 'builder' }), 'both doors'],
  ['a service on every node', 'Service', service({ type: 'NodePort' }), 'both doors'],
  ['a service of the load balancer', 'Service', service({ type: 'LoadBalancer' }), 'both doors'],
  [
    'root',
    'Pod',
    podSpec({ securityContext: { seccompProfile: { type: 'RuntimeDefault' }, runAsUser: 0 } }),
    'cluster',
  ],
  ['system calls without a filter', 'Pod', podSpec(context({ seccompProfile: { type: 'Unconfined' } })), 'both doors'],
  ['settings of the node', 'Pod', podSpec(context({ sysctls: [{ name: 'kernel.msgmax', value: '1' }] })), 'both doors'],
  ['no confinement by AppArmor', 'Pod', podSpec(context({ appArmorProfile: { type: 'Unconfined' } })), 'both doors'],
  ['more than the lab was given', 'Pod', podSpec({}, { resources: { requests: { cpu: '64' } } }), 'cluster'],
];
