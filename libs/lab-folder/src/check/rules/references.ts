import type { Outline, SystemOutline } from '../outline.js';
import type { Reporter } from '../report.js';
import { suggest } from '@lab-orchestrator/page-compiler';

/** Networks and presets that systems name exist; what needs several networks has them. */
export function checkReferences({ networks, presets, systems }: Outline, report: Reporter) {
  const known = Object.keys(networks);
  for (const [at, system] of systems.entries()) {
    checkNetworks(system, known, at, report);
    if (system.preset !== undefined && !Object.hasOwn(presets, system.preset))
      report.error(
        ['systems', at, 'preset'],
        'unknown_preset',
        `there is no preset "${system.preset}"${suggest(system.preset, Object.keys(presets))}`,
      );
  }
  if (known.length === 0) report.error(['networks'], 'no_network', 'expected at least one network');
}

function checkNetworks(system: SystemOutline, known: string[], at: number, report: Reporter) {
  for (const [index, name] of (system.networks ?? []).entries())
    if (typeof name === 'string' && !known.includes(name))
      report.error(
        ['systems', at, 'networks', index],
        'unknown_network',
        `there is no network "${name}"${suggest(name, known)}`,
      );
  if (system.networks === undefined && known.length > 1)
    report.error(
      ['systems', at],
      'networks_missing',
      `the lab has ${known.length} networks: say in "networks" which of them this system joins (${known.join(', ')})`,
    );
  if (system.forwarding && (system.networks?.length ?? known.length) < 2)
    report.error(
      ['systems', at, 'forwarding'],
      'forwarding_needs_networks',
      'expected at least two networks to forward between',
    );
}
