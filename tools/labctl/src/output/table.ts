import { plain } from './plain.js';

/** Columns as wide as their widest cell. */
export function table(header: string[], rows: string[][]): string {
  const cells = [header, ...rows.map((row) => row.map(plain))];
  const widths = header.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
