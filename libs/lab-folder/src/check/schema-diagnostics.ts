import { type Diagnostic, LabFile } from '@lab-orchestrator/contracts';
import type { z } from 'zod';
import { knownFields } from './known-fields.js';
import { suggest } from '@lab-orchestrator/page-compiler';
import type { DocumentPath, YamlSource } from '../yaml/yaml-source.js';
import { pathText } from './report.js';

type Issue = z.core.$ZodIssue;
interface Finding {
  path: DocumentPath;
  at?: 'key';
  code: string;
  message: string;
}

/** Checks the document against the schema of the lab file; every violation at its place. */
export function checkSchema(file: string, source: YamlSource): { lab?: LabFile; diagnostics: Diagnostic[] } {
  const parsed = LabFile.safeParse(source.value, { reportInput: true });
  if (parsed.success) return { lab: parsed.data, diagnostics: [] };
  const findings = parsed.error.issues.flatMap((issue) => findingsOf(issue, [], source));
  return {
    diagnostics: findings.map(({ path, at, code, message }) => ({
      severity: 'error',
      file,
      ...source.position(path, at),
      path: pathText(path),
      code,
      message,
    })),
  };
}

function findingsOf(issue: Issue, prefix: DocumentPath, source: YamlSource): Finding[] {
  const path = [...prefix, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        at: 'key',
        code: 'unknown_field',
        message: `unknown field "${key}"${suggest(key, knownFields(path))}`,
      }));
    case 'invalid_type':
      return [wrongType(issue, path, source)];
    case 'invalid_value':
      return [{ path, code: 'invalid_value', message: oneOf(issue.values.map(String), issue.input) }];
    case 'invalid_union':
      return unionFindings(issue, path, source);
    case 'invalid_key':
      return [{ path, at: 'key', code: 'invalid_name', message: issue.issues[0]?.message ?? issue.message }];
    case 'too_big':
      return [{ path, code: 'too_large', message: `expected at most ${amount(issue.maximum, issue.origin)}` }];
    case 'too_small':
      return [{ path, code: 'too_small', message: tooSmall(issue) }];
    default:
      return [{ path, code: 'invalid_value', message: issue.message.replace(/^Invalid/, 'invalid') }];
  }
}

function wrongType(issue: Extract<Issue, { code: 'invalid_type' }>, path: DocumentPath, source: YamlSource): Finding {
  const expected = nounOf(issue.expected);
  if (issue.input === undefined)
    return {
      path,
      code: 'missing_field',
      message: `the field "${String(path.at(-1))}" is missing; expected ${expected}`,
    };
  const unquoted = /^\{\{\s*[\w.]+\s*\}\}/.exec(source.textAt(path));
  if (unquoted)
    return { path, code: 'quotes_missing', message: `YAML reads {{ … }} as a map; write "${unquoted[0]}" with quotes` };
  return { path, code: 'wrong_type', message: `expected ${expected}, found ${found(issue.input)}` };
}

function unionFindings(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  path: DocumentPath,
  source: YamlSource,
): Finding[] {
  if ('discriminator' in issue && issue.errors.length === 0) {
    const options = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : [];
    const written = path.reduce<unknown>(valueAt, source.value);
    return [
      { path, code: written === undefined ? 'missing_field' : 'invalid_value', message: oneOf(options, written) },
    ];
  }
  // The variant that fits best is most likely the one that was meant.
  const [best] = issue.errors.toSorted((a, b) => misfit(a) - misfit(b));
  return (best ?? []).flatMap((inner) => findingsOf(inner, path, source));
}

/** A key that a variant does not know says that another one was meant. */
const misfit = (issues: readonly Issue[]) =>
  issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? 10 * issue.keys.length : 1), 0);

const valueAt = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;

function oneOf(options: readonly string[], written: unknown) {
  const list = options.length === 1 ? `"${options[0]}"` : `one of ${options.join(', ')}`;
  if (written === undefined) return `expected ${list}`;
  const hint = typeof written === 'string' ? suggest(written, options) : '';
  return `expected ${list}, found ${typeof written === 'string' ? `"${written.slice(0, 80)}"` : found(written)}${hint}`;
}

function tooSmall(issue: Extract<Issue, { code: 'too_small' }>) {
  const than = issue.inclusive === false ? 'more than' : 'at least';
  return `expected ${than} ${amount(issue.minimum, issue.origin)}`;
}

function amount(limit: number | bigint, origin: string) {
  if (origin === 'string') return `${limit} ${limit === 1 ? 'character' : 'characters'}`;
  if (origin === 'array' || origin === 'set') return `${limit} ${limit === 1 ? 'entry' : 'entries'}`;
  return String(limit);
}

const nouns: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
  null: 'nothing',
};
const nounOf = (type: string) => nouns[type] ?? type;
const found = (value: unknown) => nounOf(value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value);
