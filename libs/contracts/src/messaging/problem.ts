import { z } from 'zod';

/** One invalid field: `path` is dotted (`systems.0.image`), empty for the body as a whole. */
export const FieldError = z.object({ path: z.string(), message: z.string() });
export type FieldError = z.infer<typeof FieldError>;

/** RFC 9457 problem details. Clients decide by `code`, which never changes; `detail` is for people. */
export const Problem = z.object({
  type: z.string().default('about:blank'),
  title: z.string(),
  status: z.int().min(400).max(599),
  code: z.string().regex(/^[a-z][a-z0-9_]*$/),
  detail: z.string().optional(),
  /** Quote it to the operator: every log line of this request carries it. */
  requestId: z.string().optional(),
  errors: z.array(FieldError).optional(),
  /** Seconds after which a repeat makes sense; also sent as `Retry-After`. */
  retryAfterS: z.int().positive().optional(),
});
export type Problem = z.infer<typeof Problem>;
