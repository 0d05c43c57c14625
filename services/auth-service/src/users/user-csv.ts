import { CreateUser, type ImportedUsers } from '@lab-orchestrator/contracts';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

export type ImportError = z.infer<typeof ImportedUsers>['errors'][number];
export type ImportedPerson = Omit<z.infer<typeof CreateUser>, 'password'>;

export interface ParsedCsv {
  readonly people: ReadonlyArray<{ line: number; person: ImportedPerson }>;
  readonly errors: readonly ImportError[];
}

const columns = ['username', 'displayName', 'email', 'role'] as const;
const required = ['username', 'displayName', 'role'] as const;
const maxLines = 2_000;
const maxErrors = 200;

const Row = CreateUser.omit({ password: true });
const Records = z.array(z.object({ record: z.record(z.string(), z.string()), info: z.object({ lines: z.int() }) }));

/** Reads people from CSV with a header line. Every line is checked; nothing is decided about what exists already. */
export function parseUserCsv(csv: string): ParsedCsv {
  const records = read(csv);
  if ('message' in records) return { people: [], errors: [records] };
  const errors: ImportError[] = [];
  const people: Array<{ line: number; person: ImportedPerson }> = [];
  const seen = new Map<string, number>();
  for (const { record, info } of records) {
    const row = Row.safeParse(Object.fromEntries(Object.entries(record).filter(([, value]) => value !== '')));
    if (!row.success) {
      errors.push(
        ...row.error.issues.map(({ path, message }) => ({ line: info.lines, field: path.join('.'), message })),
      );
      continue;
    }
    const before = seen.get(row.data.username);
    if (before === undefined) people.push({ line: info.lines, person: row.data });
    else errors.push({ line: info.lines, field: 'username', message: `is in line ${before} already` });
    seen.set(row.data.username, info.lines);
  }
  return { people, errors: errors.slice(0, maxErrors) };
}

function read(csv: string): z.infer<typeof Records> | ImportError {
  try {
    const records = Records.parse(
      parse(csv, {
        bom: true,
        columns: headerOf,
        delimiter: [',', ';', '\t'],
        info: true,
        skip_empty_lines: true,
        to: maxLines + 1,
        trim: true,
        max_record_size: 10_000,
      }),
    );
    if (records.length > maxLines) return { line: maxLines + 2, message: `expected at most ${maxLines} people` };
    if (records.length === 0) return { line: 1, message: 'expected a header line and at least one person' };
    return records;
  } catch (error) {
    return { line: lineOf(error), message: error instanceof Error ? error.message : String(error) };
  }
}

function headerOf(names: string[]) {
  const unknown = names.filter((name) => !columns.some((column) => column === name));
  const missing = required.filter((name) => !names.includes(name));
  if (unknown.length > 0) throw new Error(`unknown column ${unknown.join(', ')}; expected ${columns.join(', ')}`);
  if (missing.length > 0) throw new Error(`column ${missing.join(', ')} is missing`);
  return names;
}

const lineOf = (error: unknown) =>
  error instanceof Error && 'lines' in error && typeof error.lines === 'number' ? error.lines : 1;
