import { z } from 'zod';

/**
 * A variable that holds JSON. Whatever is wrong with it is one issue of the variable, which names the place in it and
 * shows what would do; never an exception with the text.
 */
export function jsonSetting<S extends z.ZodType>(schema: S, example: string) {
  return z.string().transform((text, context): z.output<S> => {
    const json = jsonOf(text);
    const isObject = typeof json === 'object';
    const parsed = schema.safeParse(json);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    const place = issue?.path.length ? `${issue.path.join('.')}: ` : '';
    const fault = isObject ? `${place}${issue?.message ?? ''}; ` : '';
    context.addIssue({ code: 'custom', message: `${fault}must be JSON such as ${example}` });
    return z.NEVER;
  });
}

/** Undefined for what is no JSON: no schema of a setting takes that. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
