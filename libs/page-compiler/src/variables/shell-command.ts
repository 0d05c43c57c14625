import type { PageTemplate } from '@lab-orchestrator/contracts';
import { shellProblem } from './shell-quoting.js';

/** Values by variable name. */
export type VariableValues = Readonly<Record<string, string>>;

/** `unset`: there is no value. `unsafe`: the value cannot stand there. `quoted`: the template is not usable at all. */
export type ShellCommand = { command: string } | { problem: 'unset' | 'unsafe' | 'quoted'; name: string };

export interface ShellCommandOptions {
  /** It is typed into a terminal, which acts on control characters before any shell sees them. */
  typed: boolean;
}

/** The kernel takes arguments of up to 128 KiB; nothing a lab needs is near that. */
const maxBytes = 64 * 2 ** 10;

export const valueOf = (name: string, values: VariableValues): string | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined;

/** One literal argument for a POSIX shell, whatever the value holds. NUL cannot be in any argument. */
export const shellArgument = (value: string) => `'${value.replaceAll("'", String.raw`'\''`)}'`;

/**
 * The command with each variable as one literal shell argument (or a part of one, where the template writes it into a
 * word). Text of the template is the author's and stays as it is.
 */
export function shellCommand(
  template: PageTemplate,
  values: VariableValues,
  { typed }: ShellCommandOptions = { typed: false },
): ShellCommand {
  let command = '';
  for (const part of template) {
    if (part.type === 'text') {
      command += part.value;
      continue;
    }
    const value = valueOf(part.name, values);
    if (value === undefined) return { problem: 'unset', name: part.name };
    if (typed ? !isSafeInTerminal(value) : !isSafeArgument(value)) return { problem: 'unsafe', name: part.name };
    command += shellArgument(value);
  }
  const [first] = template.flatMap((part) => (part.type === 'variable' ? [part.name] : []));
  return first !== undefined && shellProblem(template) ? { problem: 'quoted', name: first } : { command };
}

/** What can be an argument byte for byte: no NUL, well-formed text, not endless. */
export const isSafeArgument = (value: string) =>
  value.length <= maxBytes && !value.includes('\0') && value.isWellFormed();

// oxlint-disable-next-line no-control-regex -- control characters are what this looks for
const actedOn = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;
/** What a terminal shows and does not act on: no control characters, no line ends, nothing that reorders what is read. */
export const isSafeInTerminal = (value: string) => isSafeArgument(value) && !actedOn.test(value);

// oxlint-disable-next-line no-control-regex -- control characters are what this looks for
const actedOnWhenPasted = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;
/** What can be pasted: lines and tabs may be in it, but no escape sequence (it could end a bracketed paste). */
export const isSafeToPaste = (value: string) => isSafeArgument(value) && !actedOnWhenPasted.test(value);
