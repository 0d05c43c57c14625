import type { SessionSpec, SystemSpec } from '@lab-orchestrator/contracts';
import { RuntimeError } from '../../port/runtime-error.js';
import { type ForgeFacts, type ForgeSettings, type PodSecurityLevel, podSecurityLevels } from './forge-settings.js';

/** Levels that systems need, from what was tried: `NET_ADMIN` is in no other, even inside a user namespace. */
const levels = { forwarding: 'privileged', root: 'baseline', ordinary: 'restricted' } as const;

/** Without KubeVirt's seccompConfiguration its pods name no profile, and only `baseline` takes that. */
const levelOfVms = ({ restrictedVms }: Pick<ForgeFacts, 'restrictedVms'>) =>
  restrictedVms ? 'restricted' : 'baseline';

const rank = (level: PodSecurityLevel) => podSecurityLevels.indexOf(level);

/** Which kinds of systems the installation allows at all. */
export function allowedKinds(
  { lowestPodSecurity }: Pick<ForgeSettings, 'lowestPodSecurity'>,
  facts: Pick<ForgeFacts, 'restrictedVms'>,
) {
  const allows = (level: PodSecurityLevel) => rank(level) <= rank(lowestPodSecurity);
  return { vms: allows(levelOfVms(facts)), forwarding: allows(levels.forwarding), root: allows(levels.root) };
}

/** The strictest level that every system of the lab can run under. Throws when the installation does not allow it. */
export function podSecurityOf(
  settings: Pick<ForgeSettings, 'lowestPodSecurity'>,
  session: SessionSpec,
  facts: Pick<ForgeFacts, 'restrictedVms'>,
): PodSecurityLevel {
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
  if (system.kind === 'vm') return levelOfVms(facts);
  if (system.forwarding) return levels.forwarding;
  return system.root ? levels.root : levels.ordinary;
}
