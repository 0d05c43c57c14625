import { builtinVariableNames, type PageBlock, VariableName } from '@lab-orchestrator/contracts';
import { shellProblem } from '../variables/shell-quoting.js';
import type { Attributes } from './attributes.js';
import { type NamedSystem, systemFor, systemOf } from './systems.js';

const labelOf = (attributes: Attributes) => {
  const label = attributes.text('label');
  return label ? { label } : {};
};

/** `::command`: a line for a terminal. */
export function compileCommand(attributes: Attributes): PageBlock[] {
  const { page } = attributes;
  const system = systemFor(attributes);
  const access = system && terminalOf(system, attributes);
  const run = commandTemplate(attributes);
  const enter = attributes.flag('return') ?? true;
  const label = labelOf(attributes);
  if (!system || !access || !run) return [];
  return [{ type: 'command', id: page.next('command'), system: system.name, access, run, enter, ...label }];
}

/** The template of `run`, in which each variable can stand as one argument; undefined when it cannot be used. */
export function commandTemplate(attributes: Attributes) {
  const run = attributes.template('run');
  if (!run || run.length === 0) {
    attributes.missing('run');
    return undefined;
  }
  const problem = shellProblem(run);
  if (problem) attributes.error('run', 'variable_in_quotes', problem);
  return problem ? undefined : run;
}

/** The terminal that types the command: the named one, or the system's first. */
function terminalOf(system: NamedSystem, attributes: Attributes): string | undefined {
  const isTerminal = ({ kind }: { kind?: string }) => kind === 'terminal' || kind === 'serial';
  const written = attributes.text('access');
  if (written === undefined) {
    const first = system.access.find(({ kind }) => kind === 'terminal') ?? system.access.find(isTerminal);
    if (!first) attributes.error('system', 'no_terminal', `"${system.name}" has no terminal to type a command into`);
    return first?.name;
  }
  const entry = system.entry(written);
  if (entry?.kind === undefined || isTerminal(entry)) return entry?.name;
  attributes.error('access', 'no_terminal', `"${written}" is a ${entry.kind}, not a terminal`);
  return undefined;
}

/** `::copy`: a text for a clipboard. */
export function compileCopy(attributes: Attributes): PageBlock[] {
  const text = attributes.template('text');
  if (!text || text.length === 0) attributes.missing('text');
  const written = attributes.text('system');
  const system = written === undefined ? undefined : systemOf(written, attributes);
  const label = labelOf(attributes);
  if (!text || text.length === 0 || (written !== undefined && !system)) return [];
  const id = attributes.page.next('copy');
  return [{ type: 'copy', id, text, ...(system && { system: system.name }), ...label }];
}

/** `::set`: a line the learner fills in. */
export function compileSet(attributes: Attributes): PageBlock[] {
  const name = attributes.required('name');
  const label = attributes.required('label');
  const placeholder = attributes.text('placeholder');
  if (name === undefined || label === undefined) return [];
  if (!VariableName.safeParse(name).success) {
    attributes.refuse('name', 'is not a name: expected lower-case letters, digits and "_", starting with a letter');
    return [];
  }
  const isTaken = [...attributes.page.shared.lab.variables, ...builtinVariableNames].includes(name);
  const { sets } = attributes.page.shared.seen;
  if (isTaken || sets.has(name)) {
    attributes.error('name', 'duplicate_variable', `there is a variable "${name}" already`);
    return [];
  }
  sets.add(name);
  return [{ type: 'set', name, label, ...(placeholder && { placeholder }) }];
}
