import type { ContainerSystemSpec, ImageSpec, SessionSpec } from '@lab-orchestrator/contracts';
import { container, session } from '../../conformance/subject.js';
import type { ForgeFacts, ForgeSettings } from '../forge/forge-settings.js';
import { forgeSettingsOf } from '../create-kubernetes-runtime.js';

const image: ImageSpec = {
  id: 'web',
  name: 'web',
  kind: 'container',
  source: { kind: 'container', reference: 'registry.test/web:1' },
};

/** A container system of a spec; what a case is about is overridden. */
export function containerSystem(change: Partial<ContainerSystemSpec> = {}): ContainerSystemSpec {
  return container({ image }, 'web', {
    title: 'Web',
    access: [{ name: 'shell', kind: 'terminal', command: ['bash', '-l'] }],
    ready: { timeoutS: 60 },
    ...change,
  });
}

/** A session whose names do not change. */
export function labSession(change: Partial<SessionSpec> = {}): SessionSpec {
  return session([containerSystem()], {
    sessionId: '0b7f3f0e-5a52-4f1a-9d3e-2f6f2b8f0a11',
    generation: 3,
    ...change,
  });
}

export function forgeSettings(change: Partial<ForgeSettings> = {}): ForgeSettings {
  return {
    ...forgeSettingsOf({ instance: 'main', builtinImages: { terminal: 'registry.test/terminal:1' } }),
    ...change,
  };
}

export const forgeFacts: ForgeFacts = {
  userNamespaces: true,
  multus: false,
  restrictedVms: false,
  clusterRanges: ['10.244.0.0/24', '203.0.114.7/32', '2600:1f00::/40', 'fd00:10::/64'],
};
