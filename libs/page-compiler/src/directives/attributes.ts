import { type PageTemplate, parseDuration } from '@lab-orchestrator/contracts';
import type { ContainerDirective, LeafDirective, TextDirective } from 'mdast-util-directive';
import type { Place } from '../source/page-report.js';
import { shortened } from '../source/page-report.js';
import { suggest } from '../source/suggest.js';
import type { PageContext } from '../tree/page-context.js';
import { strictTemplate } from '../variables/template.js';
import { directiveTable, type DirectiveName } from './directive-table.js';

export type Directive = ContainerDirective | LeafDirective | TextDirective;

const maxLength = 4_096;
// oxlint-disable-next-line no-control-regex -- control characters are what this looks for
const controlCharacters = /[\u0000-\u001f\u007f-\u009f]/;

/** Reads the attributes of one directive, and reports those that are unknown, missing or unusable. */
export class Attributes {
  private readonly values: ReadonlyMap<string, string>;

  constructor(
    readonly node: Directive,
    readonly page: PageContext,
  ) {
    const entries = Object.entries(node.attributes ?? {}).map(([name, value]) => [name, value ?? ''] as const);
    this.values = new Map(entries);
  }

  /** Reports what the directive does not know. */
  checkNames(directive: DirectiveName) {
    const known: readonly string[] = directiveTable[directive].attributes;
    for (const name of this.values.keys()) {
      if (known.includes(name)) continue;
      const takes = known.length === 0 ? 'it takes none' : `it takes ${known.join(', ')}`;
      const message = `"${directive}" has no attribute "${shortened(name)}"${suggest(name, known) || `; ${takes}`}`;
      this.error(name, 'unknown_attribute', message);
    }
  }

  has(name: string) {
    return this.values.has(name);
  }

  /** The attribute as it is written, or undefined. */
  raw(name: string): string | undefined {
    const value = this.values.get(name);
    if (value === undefined) return undefined;
    if (value.length > maxLength) return this.refuse(name, `is longer than ${maxLength} characters`);
    if (controlCharacters.test(value)) return this.refuse(name, 'holds a control character');
    return value;
  }

  /** A text without variables. */
  text(name: string): string | undefined {
    const value = this.raw(name)?.trim();
    if (value?.includes('{{') !== true) return value;
    this.error(name, 'variable_not_here', `variables are not replaced in "${name}"`);
    return value;
  }

  /** A text that has to be there and not to be empty. */
  required(name: string): string | undefined {
    const value = this.text(name);
    if (value) return value;
    this.missing(name);
    return undefined;
  }

  missing(name: string) {
    const message = `"${this.node.name}" needs ${name}="…"`;
    this.page.report.error(this.start, this.node.name, 'missing_attribute', message);
  }

  /** A text with variables. */
  template(name: string): PageTemplate | undefined {
    const value = this.raw(name);
    return value === undefined ? undefined : strictTemplate(value, this.page, () => this.at(name));
  }

  number(name: string, { min, max, whole }: { min: number; max: number; whole?: boolean }): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const number = /^-?\d{1,15}([.,]\d{1,15})?$/.test(value) ? Number(value.replace(',', '.')) : Number.NaN;
    if (number >= min && number <= max && (!whole || Number.isInteger(number))) return number;
    return this.refuse(name, `is not a ${whole ? 'whole number' : 'number'} from ${min} to ${max}`);
  }

  /** Seconds of `10s`, `2m`. */
  seconds(name: string, { min, max }: { min: number; max: number }): number | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const seconds = value.length < 20 ? parseDuration(value) : undefined;
    if (seconds !== undefined && seconds >= min && seconds <= max) return seconds;
    return this.refuse(name, `is not a duration from ${min}s to ${max}s, such as ${min}s`);
  }

  flag(name: string): boolean | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (value === 'true' || value === '') return true;
    if (value === 'false') return false;
    return this.refuse(name, 'is neither true nor false');
  }

  oneOf<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    const choice = choices.find((each) => each === value);
    return choice ?? this.refuse(name, `is none of ${choices.join(', ')}${suggest(value, choices)}`);
  }

  refuse(name: string, why: string): undefined {
    this.error(name, 'invalid_attribute', `${name}="${shortened(this.values.get(name) ?? '')}" ${why}`);
    return undefined;
  }

  /** A finding about the attribute, where it stands. */
  error(name: string, code: string, message: string) {
    this.page.report.error(this.at(name), name, code, message);
  }

  get start(): Place | undefined {
    return this.node.position?.start;
  }

  /** Where the attribute is written; the parser keeps no places of attributes, so it is looked for. */
  private at(name: string): Place | undefined {
    const from = this.node.position?.start.offset;
    if (from === undefined) return undefined;
    const lineEnd = this.page.text.indexOf('\n', from);
    const head = this.page.text.slice(
      from,
      lineEnd < 0 ? undefined : Math.min(lineEnd, this.node.position?.end.offset ?? lineEnd),
    );
    const written = name === 'id' && !head.includes(' id=') && !head.includes('{id=') ? '#' : name;
    for (let at = head.indexOf(written, head.indexOf('{')); at > 0; at = head.indexOf(written, at + 1)) {
      const before = head[at - 1] ?? '';
      if (before === '{' || before === ' ' || before === '\t') return this.page.report.place(from + at);
    }
    return this.start;
  }
}
