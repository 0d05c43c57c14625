import { z } from 'zod';

/** One finding about a lab folder, at its place. Lines and columns count from 1. */
export const Diagnostic = z.strictObject({
  severity: z.enum(['error', 'warning']),
  file: z.string(),
  line: z.int().positive().optional(),
  column: z.int().positive().optional(),
  /** The path in the document: `systems[0].networks[1]`. */
  path: z.string(),
  /** snake_case, stable. */
  code: z.string(),
  message: z.string(),
});
export type Diagnostic = z.infer<typeof Diagnostic>;
