import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from './bench.ts';

/** The rows as text for people. */
export function table(rows: Row[]): string {
  const cells = [
    ['', 'median', 'half of all', 'unit', 'ratio', 'bar'],
    ...rows.map((row) => [
      row.name,
      shown(row.median),
      `${shown(row.low)} … ${shown(row.high)}`,
      row.unit,
      row.ratio === undefined ? '' : `${row.ratio.toFixed(2)} ×`,
      row.bar ?? '',
    ]),
  ];
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) =>
          column === 1 || column === 4 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Writes the result as JSON and answers with where. */
export function save(folder: string, name: string, result: object): string {
  const at = new Date().toISOString();
  const file = join(folder, `${name}-${at.replaceAll(/[:.]/g, '-')}.json`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ name, at, ...result }, null, 2)}\n`);
  return file;
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
