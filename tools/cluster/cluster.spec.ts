import { describe, expect, it } from 'vitest';
import { imageConfig } from './images/lab-images.ts';
import { librariesIn } from './images/node-files.ts';
import { outermost } from './images/production-files.ts';
import { isRolledOut, type Pod, troublesOf, type Workload } from './kube/rollout.ts';
import { variablesIn } from './kube/target.ts';
import { parseOptions } from './options.ts';

describe('parseOptions', () => {
  it('installs a trial on localhost unless told', () => {
    expect(parseOptions([], '/here')).toMatchObject({
      command: 'install',
      namespace: 'lab-orchestrator',
      port: 8480,
      build: true,
      forward: true,
      values: [],
    });
  });
  it('takes paths from where the person stands, and hands on what follows', () => {
    const options = parseOptions(
      ['--values', 'my.yaml', '--registry', 'host/path/', '--test', 'a.int.spec.ts'],
      '/here',
    );
    expect(options).toMatchObject({
      command: 'test',
      values: ['/here/my.yaml'],
      registry: 'host/path',
      rest: ['a.int.spec.ts'],
    });
  });
  it.each([[['--port', 'x']], [['--namespace', 'My_Labs']], [['--colour']]])('refuses %j with advice', (args) => {
    expect(() => parseOptions(args, '/')).toThrow(expect.objectContaining({ name: 'Advice' }));
  });
});

it('packs a folder once, with what lies in it', () => {
  expect(outermost(['m/a/m/b', 'm/a', 'm/ab', 'm/c/m/d', 'm/a'])).toEqual(['m/a', 'm/ab', 'm/c/m/d']);
});

it('reads libraries from what ldd says, and nothing else', () => {
  const text = [
    'node:',
    '\tlinux-vdso.so.1 (0x1)',
    '\tlibm.so.6 => /lib/libm.so.6 (0x2)',
    '\t/lib64/ld.so (0x3)',
    '\tx => not found',
  ];
  expect(librariesIn(text.join('\n'))).toEqual(['/lib/libm.so.6', '/lib64/ld.so']);
});

it('reads the environment that a test cluster prints', () => {
  const text = 'export KUBECONFIG=/var/k\nexport PATH=/var/bin:$PATH\nother\n';
  expect(variablesIn(text, '/usr/bin')).toEqual({ KUBECONFIG: '/var/k', PATH: '/var/bin:/usr/bin' });
});

it('describes an image as containers are started', () => {
  expect(imageConfig({ user: '1000:1000', env: { HOME: '/home/lab' }, entrypoint: ['/usr/bin/tini', '--'] })).toEqual({
    User: '1000:1000',
    Env: ['HOME=/home/lab'],
    Entrypoint: ['/usr/bin/tini', '--'],
  });
});

describe('isRolledOut', () => {
  const workload = (status: Workload['status']): Workload => ({
    kind: 'Deployment',
    metadata: { name: 'gateway', generation: 2 },
    spec: { replicas: 1 },
    status: { observedGeneration: 2, ...status },
  });
  it.each<[string, boolean, Workload['status']]>([
    ['all is new and ready', true, { replicas: 1, updatedReplicas: 1, readyReplicas: 1 }],
    [
      'nobody has seen the change yet',
      false,
      { observedGeneration: 1, replicas: 1, updatedReplicas: 1, readyReplicas: 1 },
    ],
    ['the new pod is not there', false, { replicas: 1, readyReplicas: 1 }],
    ['only the old pod is ready', false, { replicas: 2, updatedReplicas: 1, readyReplicas: 1 }],
    ['the old pod is still there', false, { replicas: 2, updatedReplicas: 1, readyReplicas: 2 }],
    ['nothing is there', false, {}],
  ])('%s: %s', (_, expected, status) => {
    expect(isRolledOut(workload(status))).toBe(expected);
  });
});

describe('troublesOf', () => {
  const pod = (status: Pod['status']): Pod => ({ metadata: { name: 'gateway-1' }, status });
  const waiting = (reason: string) => [{ name: 'gateway', restartCount: 0, state: { waiting: { reason } } }];
  it.each([
    ['a pod on its way', pod({ containerStatuses: waiting('ContainerCreating') }), []],
    ['a running pod', pod({ containerStatuses: [{ name: 'gateway', restartCount: 0, state: {} }] }), []],
    ['an image that is missing', pod({ containerStatuses: waiting('ErrImagePull') }), ['gateway-1: ErrImagePull']],
    [
      'a crash in the preparation',
      pod({ initContainerStatuses: waiting('CrashLoopBackOff') }),
      ['gateway-1: CrashLoopBackOff'],
    ],
    [
      'a full cluster',
      pod({ conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'no room' }] }),
      ['gateway-1 finds no node (no room)'],
    ],
  ])('%s', (_, given, expected) => {
    expect(troublesOf(given)).toEqual(expected);
  });
});
