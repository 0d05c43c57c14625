import { describe, expect, it } from 'vitest';
import { clientPodFor, closedFor, newcomerPodFor, probeNamespaceFor, serverPodFor } from './probe-objects.js';
import { explain, lifetimeOf, PolicyVerdict } from './verdict.js';

const run = { instance: 'class', id: '0a1b', image: 'registry.example/terminal:1' };

describe('verdicts', () => {
  it.each([
    [{ state: 'enforced', fromTheStart: true }, 24, 'enforces network policies.'],
    [{ state: 'enforced', fromTheStart: false }, 24, 'only some moments after'],
    [{ state: 'not_enforced', directions: ['egress'] }, 24, 'does not enforce network policies (egress)'],
    [{ state: 'unknown', reason: 'no image' }, 1 / 12, 'could not be found out: no image'],
  ] as const)('%j', (given, hours, text) => {
    const verdict = PolicyVerdict.parse(given);
    expect(lifetimeOf(verdict)).toBe(hours * 3_600_000);
    expect(explain(verdict)).toContain(text);
  });
});

describe('objects of the probe', () => {
  it('are told apart by run and role, and closed one direction at a time', () => {
    const policy = closedFor(run, 'client', 'Egress');
    const { labels = {} } = clientPodFor(run, '10.0.0.1').metadata;
    expect(policy.metadata).toMatchObject({ name: 'client-egress-0a1b', namespace: 'class-probe' });
    expect(policy.spec).toEqual({ podSelector: { matchLabels: expect.any(Object) }, policyTypes: ['Egress'] });
    for (const [key, value] of Object.entries(policy.spec?.podSelector?.matchLabels ?? {})) {
      expect(labels[key]).toBe(value);
      if (key.endsWith('role')) expect(serverPodFor(run).metadata.labels?.[key]).not.toBe(value);
    }
  });

  it('end by themselves, without rights and without a token', () => {
    for (const pod of [serverPodFor(run), clientPodFor(run, '10.0.0.1'), newcomerPodFor(run, '10.0.0.1')]) {
      expect(pod.spec).toMatchObject({ activeDeadlineSeconds: 300, automountServiceAccountToken: false });
      expect(pod.spec?.containers[0]?.securityContext).toMatchObject({ allowPrivilegeEscalation: false });
    }
    expect(probeNamespaceFor('class').metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
  });

  it('give the address to the shell as an argument, never as part of a script', () => {
    const probe = clientPodFor(run, '10.0.0.1').spec?.containers[0]?.readinessProbe?.exec?.command ?? [];
    expect(probe.at(-1)).toBe('10.0.0.1');
    expect(probe[2]).toContain('"$0"');
    expect(newcomerPodFor(run, '10.0.0.1').spec?.containers[0]?.command?.at(-1)).toBe('10.0.0.1');
  });
});
