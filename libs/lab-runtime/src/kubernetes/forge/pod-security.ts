import type { SessionSpec, SystemSpec } from '@lab-orchestrator/contracts';
import { RuntimeError } from '../../port/runtime-error.js';
import { type ForgeFacts, type ForgeSettings, type PodSecurityLevel, podSecurityLevels } from './forge-settings.js';

/** The strictest level that every system of the lab can run under. Throws when the installation does not allow it. */
export function podSecurityOf(
  settings: Pick<ForgeSettings, 'lowestPodSecurity'>,
  session: SessionSpec,
  facts: Pick<ForgeFacts, 'restrictedVms'>,
): PodSecurityLevel {
  const rank = (level: PodSecurityLevel) => podSecurityLevels.indexOf(level);
  const needs = session.systems.map((system) => ({ system, level: levelOf(system, facts) }));
  const [worst] = needs.toSorted((a, b) => rank(b.level) - rank(a.level));
  if (!worst) return 'restricted';
  if (rank(worst.level) <= rank(settings.lowestPodSecurity)) return worst.level;
  const text =
    `${worst.system.name} needs a namespace with Pod Security "${worst.level}", and this installation allows ` +
    `"${settings.lowestPodSecurity}" at most.`;
  throw new RuntimeError('insufficient_rights', text, false);
}

function levelOf(system: SystemSpec, facts: Pick<ForgeFacts, 'restrictedVms'>): PodSecurityLevel {
  // Without KubeVirt's seccompConfiguration its pods name no profile, and only `baseline` takes that.
  if (system.kind === 'vm') return facts.restrictedVms ? 'restricted' : 'baseline';
  // NET_ADMIN is in no other level, even inside a user namespace.
  if (system.forwarding) return 'privileged';
  return system.root ? 'baseline' : 'restricted';
}
