import { sum } from './counts.ts';
import type { Outcome } from './execute.ts';

export interface Result extends Outcome {
  name: string;
  seconds: number;
}

/** The table at the end, what failed by name, and the one line that scripts read as its very last. */
export function summary(results: Result[]): string {
  const total = sum(results);
  const rows = [
    ['part', 'passed', 'failed', 'skipped', 'time'],
    ...results.map(({ name, passed, failed, skipped, seconds }) => [
      name,
      String(passed),
      String(failed),
      String(skipped),
      `${seconds.toFixed(1)} s`,
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('   '),
  );
  const failed = results.filter((result) => result.failed > 0).flatMap(failuresIn);
  const parts = [lines.join('\n'), failed.join('\n'), `${total.passed} passed, ${total.failed} failed`];
  return parts.filter((part) => part !== '').join('\n\n');
}

function failuresIn({ name, failures }: Result): string[] {
  return failures.length === 0 ? [`✗ ${name}`] : failures.map((failure) => `✗ ${name}: ${failure}`);
}
