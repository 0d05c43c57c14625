import { describe, expect, it } from 'vitest';
import type { Cluster } from '../client/cluster.js';
import type { Pod } from '../client/kinds.js';
import { annotation, label } from '../labels.js';
import type { SessionView } from '../watch/session-view.js';
import { SessionPauser } from './session-pauser.js';
import type { VmSystems } from './vm-systems.js';

const sessionId = '0b7f3f0e-5a52-4f1a-9d3e-2f6f2b8f0a11';
const web = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'ns', uid: 'u', labels: { [label.kind]: 'container' } },
  spec: { securityContext: {}, containers: [] },
} as Pod;

/** The calls that a pause of a session makes, of which a container and one machine are known. */
async function callsOf(annotations: Record<string, string>, pods: Pod[], hibernate = false): Promise<string[]> {
  const calls: string[] = [];
  const call = (name: string) => async () => void calls.push(name);
  const cluster = { apply: call('template'), merge: call('mark'), remove: call('remove') } as unknown as Cluster;
  const view = {
    ready: async () => undefined,
    accept: () => undefined,
    namespaces: { store: { get: () => ({ metadata: { name: 'ns', annotations } }) } },
    pods: { store: { ofSession: () => pods } },
    vms: { store: { ofSession: () => [{ metadata: { name: 'server' } }] } },
  } as unknown as SessionView;
  const vms = {
    pause: async ({ system }: { system: string }, atOnce: boolean) => void calls.push(`${system} ${atOnce}`),
  } as unknown as VmSystems;
  await new SessionPauser({ cluster, view, instance: 'main', vms }).pause(sessionId, hibernate);
  return calls;
}

describe('a pause', () => {
  const paused = { [annotation.paused]: 'true' };
  it.each([
    ['keeps the template, marks the session, and then takes away', {}, [web], ['template', 'mark', 'remove']],
    ['marks a session of machines alone', {}, [], ['mark']],
    ['that is asked for again calls nobody', paused, [], []],
    ['takes what came up meanwhile away', paused, [web], ['template', 'mark', 'remove']],
  ])('%s', async (_, annotations, pods, calls) => {
    expect(await callsOf(annotations, pods)).toEqual([...calls, 'server false']);
  });

  it('passes on that machines are to be shut down at once', async () => {
    expect(await callsOf(paused, [], true)).toEqual(['server true']);
  });
});
