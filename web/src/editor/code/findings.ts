import type { Diagnostic } from '@lab-orchestrator/contracts';
import type { Diagnostic as Mark } from '@codemirror/lint';
import type { Text } from '@codemirror/state';
import { fixIn, quickFix, rangeIn } from './quick-fix.js';

/** Findings of one file as marks in its text; `useInstead` names the button of a quick fix. */
export function marksOf(findings: readonly Diagnostic[], text: Text, useInstead: (text: string) => string): Mark[] {
  return findings.map((finding) => {
    const { line, column, severity, message } = finding;
    const row = text.line(Math.min(Math.max(line ?? 1, 1), text.lines));
    const { from, to } = rangeIn(row.text, column ?? 1, quickFix(message)?.written);
    const fix = fixIn(row.text, finding);
    return {
      from: row.from + from,
      to: row.from + to,
      severity,
      message,
      ...(fix !== undefined && {
        actions: [
          {
            name: useInstead(fix.insert),
            apply: (view, start, end) =>
              view.dispatch({ changes: { from: start, to: end, insert: fix.insert }, userEvent: 'input.fix' }),
          },
        ],
      }),
    };
  });
}
