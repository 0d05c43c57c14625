import { builtinVariableNames, PlaceholderName, type PageVariable } from '@lab-orchestrator/contracts';

/** Names that stand for a value on the pages of a lab. */
export function knownNames(lab: {
  variables: Iterable<string>;
  systems: Iterable<{ name: string }>;
  sets: Iterable<string>;
}): ReadonlySet<string> {
  const addresses = [...lab.systems].map(({ name }) => `system.${name}.address`);
  return new Set([...builtinVariableNames, ...lab.variables, ...lab.sets, ...addresses]);
}

/** A name as the tree holds it, or undefined when it is none. */
export function variableNode(name: string): PageVariable | undefined {
  const parsed = PlaceholderName.safeParse(name);
  return parsed.success ? { type: 'variable', name: parsed.data } : undefined;
}
