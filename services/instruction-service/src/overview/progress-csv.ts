export const progressColumns = [
  'session',
  'user',
  'name',
  'lab',
  'version',
  'course',
  'phase',
  'done',
  'steps',
  'points',
  'max_points',
  'started_at',
  'last_at',
  'completed_at',
] as const;

/** Spreadsheets run what begins like a formula, and names are chosen by those who are listed. */
const startsFormula = /^[=+\-@\t\r]/;

/** One line of RFC 4180. */
export const csvLine = (cells: ReadonlyArray<string | number>): string => `${cells.map(cell).join(',')}\r\n`;

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const text = startsFormula.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
