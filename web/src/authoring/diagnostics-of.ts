import type { Diagnostic } from '@lab-orchestrator/contracts';
import { ApiError } from '../api/api-error.js';

/** `lab.yaml:12:5: message`, as the API writes findings into the errors of a problem. */
const placed = /^(?<file>[^\s:]+):(?<line>\d+)(?::(?<column>\d+))?$/;

/** What is wrong in a refused lab, with its place in the files. */
export function diagnosticsOf(error: Error | null): Diagnostic[] {
  if (!(error instanceof ApiError)) return [];
  return error.errors.map(({ path, message }) => {
    const { file, line, column } = placed.exec(path)?.groups ?? {};
    return {
      severity: 'error',
      file: file ?? path,
      path,
      code: error.code,
      message,
      ...(line !== undefined && { line: Number(line) }),
      ...(column !== undefined && { column: Number(column) }),
    };
  });
}
