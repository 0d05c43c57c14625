import type { Diagnostic } from '@lab-orchestrator/contracts';
import { plain } from './plain.js';

/** As compilers write it, so that editors jump to the place: `file:line:column: error: message [code]`. */
export function diagnosticLine({ file, line, column, severity, message, path, code }: Diagnostic): string {
  const place = [file, line, column].filter((part) => part !== undefined).join(':');
  const where = path === '' ? '' : `${path}: `;
  return plain(`${place}: ${severity}: ${where}${message} [${code}]`);
}

/** `2 errors, 1 warning` */
export function countOf(diagnostics: Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  return `${plural(errors, 'error')}, ${plural(warnings, 'warning')}`;
}

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
