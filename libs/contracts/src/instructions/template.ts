import { z } from 'zod';
import { VariableName } from '../lab-file/lab-file.js';
import { DnsLabel } from '../session/session-spec.js';

/** Names the instructions know without the lab saying so, beside `system.<name>.address`. */
export const builtinVariableNames = ['user.name', 'user.id', 'session.id'] as const;

/** A name between `{{ }}`: of the lab, of `::set`, or built in. */
export const PlaceholderName = z.union([
  VariableName,
  z.enum(builtinVariableNames),
  z.templateLiteral(['system.', DnsLabel, '.address']),
]);

/** Text and nothing else: it is never read as markup, wherever it came from. */
export const PageText = z.strictObject({ type: z.literal('text'), value: z.string() });
/**
 * Stands for a variable's value. After substitution it is left only where there is no value that could stand there:
 * `unset` (nobody answered `::set` yet) or `unsafe` (a terminal would act on it).
 */
export const PageVariable = z.strictObject({
  type: z.literal('variable'),
  name: PlaceholderName,
  problem: z.enum(['unset', 'unsafe']).optional(),
});
export type PageVariable = z.infer<typeof PageVariable>;

/** Text with variables in it, in its written order. Code, commands, things to copy, and accepted answers are such. */
export const PageTemplate = z.array(z.discriminatedUnion('type', [PageText, PageVariable]));
export type PageTemplate = z.infer<typeof PageTemplate>;
