import type { z } from 'zod';

/** The start stops here: which variable is wrong, and what was expected. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Parses the environment once, at start. Empty variables count as not set, so that defaults apply.
 * The value itself is never shown: it may be a secret.
 */
export function parseConfig<S extends z.ZodType>(schema: S, env: Record<string, string | undefined>): z.output<S> {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const result = schema.safeParse(set);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const name = String(issue.path[0] ?? 'environment');
    return `  ${name}: ${name in set ? issue.message : 'is not set'}`;
  });
  throw new ConfigError(`The configuration is not valid:\n${lines.join('\n')}`);
}
