import { describe, expect, it } from 'vitest';
import type { KubeEvent, Pod } from '../client/kinds.js';
import {
  startMs,
  at,
  container,
  pulled,
  condition,
  pod,
  pending,
  running,
  waiting,
  ended,
  since,
  unscheduled,
  tooFull,
} from '../testing/pod-status.js';
import { type LookedAtPod, observePod } from './observe-pod.js';

const look = (wanted: Pod, seconds: number, change: Partial<LookedAtPod> = {}) =>
  observePod({
    system: { name: 'web', ready: { timeoutS: 60 }, networks: ['lan'] },
    pod: wanted,
    paused: false,
    nowMs: startMs + seconds * 1000,
    ...change,
  });

describe('a container system on its way', () => {
  it.each([
    ['just made', pod({}), 0, 'starting', 'image'],
    ['not scheduled yet', unscheduled(tooFull), 5, 'starting', 'image'],
    ['pulling', pending({ containerStatuses: [container(waiting('ContainerCreating'))] }), 5, 'starting', 'image'],
    [
      'with a registry that hiccups',
      pending({ containerStatuses: [container(waiting('ErrImagePull', 'timeout'))] }),
      5,
      'starting',
      'image',
    ],
    [
      'with its files being put in place',
      pending({
        initContainerStatuses: [container(since(1), { name: 'lab-files', ...pulled })],
        containerStatuses: [container(waiting('PodInitializing'))],
      }),
      5,
      'starting',
      'boot',
    ],
    ['running, not answering yet', running(container(since(1), pulled)), 5, 'starting', 'boot'],
    ['running and answering', running(container(since(1), { ...pulled, ready: true })), 5, 'ready', 'ready'],
    ['after its first crash', running(container(ended(1, 'Error'), pulled)), 5, 'starting', 'boot'],
    [
      'started again after a crash',
      running(container(since(4), { ...pulled, restartCount: 1 })),
      5,
      'starting',
      'boot',
    ],
    [
      'that had crashed and has proven itself since',
      running(container(since(10), { ...pulled, restartCount: 4, ready: true })),
      50,
      'ready',
      'ready',
    ],
    ['being deleted', pod({ phase: 'Running' }, { deletionTimestamp: at(4) }), 5, 'absent', 'boot'],
  ] as const)('is %s', (_, wanted, seconds, state, stage) => {
    expect(look(wanted, seconds)).toMatchObject({ name: 'web', state, stage });
    expect(look(wanted, seconds).reason).toBeUndefined();
  });

  it('is paused while the session is, whatever its pod still does', () => {
    expect(look(running(container(since(1))), 5, { paused: true })).toMatchObject({ state: 'paused', stage: 'ready' });
  });
});

describe('a broken container system', () => {
  it.each([
    [
      'whose image is not there',
      pending({ containerStatuses: [container(waiting('ImagePullBackOff', 'Back-off pulling image'))] }),
      40,
      'image',
      'image_not_found',
      /registry\.test\/web:1/,
    ],
    [
      'whose image has no such name',
      pending({ containerStatuses: [container(waiting('InvalidImageName', 'couldn’t parse'))] }),
      1,
      'image',
      'image_not_found',
      /parse/,
    ],
    ['that fits on no node', unscheduled(tooFull), 40, 'image', 'no_node_fits', /What is short: cpu, memory\./],
    [
      'that no node takes',
      unscheduled('0/1 nodes are available: 1 node(s) had untolerated taint'),
      40,
      'image',
      'no_node_fits',
      /untolerated taint/,
    ],
    [
      'that ended',
      pod({ phase: 'Failed', containerStatuses: [container(ended(42, 'Error', 'upside down\n'))] }),
      5,
      'boot',
      'system_exited',
      /code 42.*upside down/,
    ],
    [
      'that ended well',
      pod({ phase: 'Succeeded', containerStatuses: [container(ended(0, 'Completed'))] }),
      5,
      'boot',
      'system_exited',
      /code 0/,
    ],
    [
      'that crashes again and again',
      running(
        container(waiting('CrashLoopBackOff'), { restartCount: 1, lastState: ended(3, 'Error', 'no such table') }),
      ),
      20,
      'boot',
      'system_exited',
      /code 3.*no such table/,
    ],
    [
      'that was just started again',
      running(container(since(18), { restartCount: 2, ready: true, lastState: ended(3, 'Error') })),
      20,
      'boot',
      'system_exited',
      /code 3/,
    ],
    [
      'that took too much memory',
      running(container(waiting('CrashLoopBackOff'), { restartCount: 1, lastState: ended(137, 'OOMKilled') })),
      20,
      'boot',
      'out_of_memory',
      /memory/,
    ],
    [
      'that was killed, which old kernels do not explain',
      pod({ phase: 'Failed', containerStatuses: [container(ended(137, 'Error'))] }),
      20,
      'boot',
      'out_of_memory',
      /memory/,
    ],
    [
      'whose command is not there',
      running(
        container(waiting('CrashLoopBackOff'), {
          restartCount: 1,
          lastState: ended(128, 'StartError', 'exec: "typo": not found'),
        }),
      ),
      20,
      'boot',
      'system_not_startable',
      /typo/,
    ],
    [
      'whose container cannot be made',
      pending({ containerStatuses: [container(waiting('CreateContainerConfigError', 'image will run as root'))] }),
      40,
      'boot',
      'system_not_startable',
      /as root/,
    ],
    [
      'whose files cannot be put in place',
      pending({
        initContainerStatuses: [
          container(waiting('CrashLoopBackOff'), {
            name: 'lab-files',
            restartCount: 1,
            lastState: ended(127, 'Error', 'cp: not found'),
          }),
        ],
        containerStatuses: [container(waiting('PodInitializing'))],
      }),
      20,
      'boot',
      'system_exited',
      /cp: not found/,
    ],
    ['that never answers', running(container(since(1), pulled)), 70, 'boot', 'not_ready_in_time', /60 seconds/],
    [
      'that stopped answering',
      pod({
        phase: 'Running',
        conditions: [condition('Ready', 'False', { lastTransitionTime: at(200) })],
        containerStatuses: [container(since(1), pulled)],
      }),
      270,
      'boot',
      'not_ready_in_time',
      /60 seconds/,
    ],
    [
      'that wrote too much',
      pod({ phase: 'Failed', reason: 'Evicted', message: 'Pod ephemeral local storage usage exceeds' }),
      5,
      'boot',
      'disk_full',
      /ephemeral/,
    ],
    [
      'that had to go',
      pod({ phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory' }),
      5,
      'boot',
      'system_evicted',
      /low on resource/,
    ],
    [
      'that its node refuses',
      pod({ phase: 'Failed', reason: 'SysctlForbidden', message: 'forbidden sysctl' }),
      5,
      'boot',
      'system_refused',
      /SysctlForbidden/,
    ],
    ['whose node was switched off', pod({ phase: 'Failed', reason: 'NodeShutdown' }), 5, 'boot', 'node_lost', /node-1/],
    ['of which nobody knows', pod({ phase: 'Unknown' }), 5, 'boot', 'node_lost', /node-1/],
  ] as const)('is one %s', (_, wanted, seconds, stage, code, text) => {
    const seen = look(wanted, seconds);
    expect(seen).toMatchObject({ state: 'broken', stage, reason: { code, system: 'web' } });
    expect(seen.reason?.text).toMatch(text);
    expect(seen.reason?.advice).toMatch(/\w{3}/);
  });

  it('says what the cluster says about one that cannot even start', () => {
    const event = (reason: string, message: string, seconds: number): KubeEvent => ({
      apiVersion: 'v1',
      kind: 'Event',
      metadata: {},
      involvedObject: {},
      type: reason === 'Scheduled' ? 'Normal' : 'Warning',
      reason,
      message,
      lastTimestamp: at(seconds),
    });
    const wanted = pending({ containerStatuses: [container(waiting('ContainerCreating'))] });
    const events = [
      event('Scheduled', 'assigned', 90),
      event('FailedMount', 'secret not found', 80),
      event('FailedMount', 'older', 20),
    ];
    expect(look(wanted, 95, { events }).reason?.text).toContain('The cluster says: secret not found');
  });
});

describe('addresses', () => {
  it('are the pod’s on every network, where there is one interface', () => {
    expect(look(running(container(since(1))), 5).addresses).toEqual({ lan: '10.244.0.9' });
  });

  it('are those of Multus, where it says', () => {
    const attached = [
      { name: 'kindnet', default: true, ips: ['10.244.0.9'] },
      { name: 'main-1/network-lan', interface: 'net1', ips: ['10.201.0.5'] },
    ];
    const annotations = { 'k8s.v1.cni.cncf.io/network-status': JSON.stringify(attached) };
    expect(look(pod({ phase: 'Running' }, { annotations }), 5).addresses).toEqual({ lan: '10.201.0.5' });
    const broken = { 'k8s.v1.cni.cncf.io/network-status': 'no JSON' };
    expect(look(pod({ phase: 'Running' }, { annotations: broken }), 5).addresses).toEqual({ lan: '10.244.0.9' });
  });
});
