import { DnsLabel } from '@lab-orchestrator/contracts';
import type { SystemFacts } from '../lab/lab-sources.js';
import { shortened } from '../source/page-report.js';
import { suggest } from '../source/suggest.js';
import type { Attributes } from './attributes.js';

/** A system that a directive named, with its ways in. */
export interface NamedSystem {
  name: string;
  /** The access entry of that name, or undefined (then it was reported). */
  entry(name: string): { name: string; kind?: string } | undefined;
  access: SystemFacts['access'];
}

/** The system of that name, or undefined (then it was reported). Such findings stand at the beginning of the directive. */
export function systemOf(name: string, attributes: Attributes): NamedSystem | undefined {
  const { report, shared } = attributes.page;
  const system = shared.lab.systems.find((each) => each.name === name);
  if (!system || !DnsLabel.safeParse(name).success) {
    const known = shared.lab.systems.map((each) => each.name);
    const message = `there is no system "${shortened(name)}"${suggest(name, known)}`;
    report.error(attributes.start, name, 'unknown_system', message);
    return undefined;
  }
  const entry = (wanted: string) => {
    const found = system.access.find((each) => each.name === wanted);
    if (found && DnsLabel.safeParse(wanted).success) return found;
    const known = system.access.map((each) => each.name);
    const message = `"${name}" has no access "${shortened(wanted)}"${suggest(wanted, known)}`;
    report.error(attributes.start, wanted, 'unknown_access', message);
    return undefined;
  };
  return { name, entry, access: system.access };
}

/** The system a directive works on: the named one, or the only one of the lab. */
export function systemFor(attributes: Attributes): NamedSystem | undefined {
  const written = attributes.text('system');
  if (written !== undefined) return systemOf(written, attributes);
  const [only, ...others] = attributes.page.shared.lab.systems;
  if (only && others.length === 0) return systemOf(only.name, attributes);
  attributes.missing('system');
  return undefined;
}
