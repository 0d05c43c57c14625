import { z } from 'zod';

const Status = z.object({
  status: z.string().optional(),
  reason: z.string().optional(),
  message: z.string().optional(),
  details: z
    .object({ causes: z.array(z.object({ reason: z.string().optional(), message: z.string().optional() })).optional() })
    .nullish(),
});

/** How a command ended: with an exit code, or not at all because it never ran. */
export type ExecStatus = { exitCode: number } | { failure: string };

/** Longest text of a failure that is kept. */
const maxMessage = 2000;

/** Reads what the error channel of an exec says at the end: a `Status` object, the exit code among its causes. */
export function readExecStatus(text: string): ExecStatus {
  const status = Status.safeParse(parsed(text));
  if (!status.success) return { failure: text.slice(0, maxMessage) || 'The command ended without saying how.' };
  const { data } = status;
  if (data.status === 'Success') return { exitCode: 0 };
  const exit = data.details?.causes?.find(({ reason }) => reason === 'ExitCode')?.message ?? '';
  if (data.reason === 'NonZeroExitCode' && /^\d{1,3}$/.test(exit)) return { exitCode: Number(exit) };
  return { failure: (data.message ?? data.reason ?? 'The command could not be run.').slice(0, maxMessage) };
}

/** Whether a failure says that the program itself is not in the image. */
export function isMissingProgram(failure: string): boolean {
  return /executable file not found|no such file or directory/i.test(failure);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
