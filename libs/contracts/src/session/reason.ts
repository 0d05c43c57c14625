import { z } from 'zod';

/** Why something does not work: stable code, the cause for lecturers, advice for learners. */
export const Reason = z.strictObject({
  /** snake_case, stable: `image_not_found`, `system_exited`, `out_of_memory`, `not_ready_in_time`, … */
  code: z.string().regex(/^[a-z][a-z0-9_]*$/),
  system: z.string().optional(),
  text: z.string(),
  advice: z.string(),
});
export type Reason = z.infer<typeof Reason>;
