import type { FieldError } from '@lab-orchestrator/contracts';
import type { z } from 'zod';
import { UserError } from './user-error.js';

/** What zod and every other Standard Schema library report about one value. */
export interface SchemaIssue {
  readonly message: string;
  readonly path?: ReadonlyArray<PropertyKey | { readonly key: PropertyKey }> | undefined;
}

const maxReported = 50;

/** Issues as the API reports them: dotted paths, not more than a person can read. */
export function fieldErrorsOf(issues: readonly SchemaIssue[]): FieldError[] {
  return issues.slice(0, maxReported).map(({ path = [], message }) => ({
    path: path.map((step) => String(typeof step === 'object' ? step.key : step)).join('.'),
    message,
  }));
}

/** The 400 for input that does not match its schema. */
export function invalidRequest(issues: readonly SchemaIssue[]) {
  const errors = fieldErrorsOf(issues);
  const first = errors[0];
  const detail = first && [first.path, first.message].filter(Boolean).join(': ');
  return new UserError('invalid_request', { status: 400, detail, errors });
}

/** Parses input from outside; throws the 400 that says which fields are wrong. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (!result.success) throw invalidRequest(result.error.issues);
  return result.data;
}
