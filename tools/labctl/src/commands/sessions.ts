import { setTimeout as sleep } from 'node:timers/promises';
import { routes, type Session } from '@lab-orchestrator/contracts';
import type { ApiClient } from '../api/api-client.js';
import { platform, type World } from '../api/context.js';
import { findLab } from '../api/find-lab.js';
import { CommandError, exitCodes } from '../output/exit-codes.js';
import type { Output } from '../output/output.js';

const lookAgainMs = 1_000;

/** Starts a lab; `--wait` until it can be worked in. */
export async function start(
  nameOrId: string,
  { version, wait }: { version?: number; wait: boolean },
  world: World,
  output: Output,
) {
  const api = await platform(world);
  const lab = await findLab(api, nameOrId);
  const body = { labId: lab.id, ...(version !== undefined && { version }) };
  const session = await api.call(routes.startSession, { body });
  if (!wait) return output.result(session, () => session.id);
  const settled = await waitFor(api, session.id, ['ready', 'failed', 'ended'], output);
  output.result(settled, () => settled.id);
  if (settled.phase === 'ready') return;
  const { text = settled.phase, advice = '', code = 'failed' } = settled.reason ?? {};
  throw new CommandError(exitCodes.failed, `The lab did not start: ${text} ${advice}`.trim(), code);
}

/** Ends a session and everything of it. */
export async function end(sessionId: string, { wait }: { wait: boolean }, world: World, output: Output) {
  const api = await platform(world);
  await api.call(routes.endSession, { params: { sessionId } });
  const session = wait
    ? await waitFor(api, sessionId, ['ended'], output)
    : await api.call(routes.getSession, { params: { sessionId } });
  output.result(session, () => `${session.id} ${session.phase}`);
}

/** Says each new stage once. */
async function waitFor(
  api: ApiClient,
  sessionId: string,
  phases: Session['phase'][],
  output: Output,
): Promise<Session> {
  let said = '';
  for (;;) {
    const session = await api.call(routes.getSession, { params: { sessionId } });
    const now = stateOf(session);
    if (now !== said) output.say(now);
    said = now;
    if (phases.includes(session.phase)) return session;
    await sleep(lookAgainMs);
  }
}

function stateOf({ phase, queue, systems }: Session): string {
  if (queue) return `${phase}: place ${queue.place}`;
  if (phase !== 'provisioning' && phase !== 'resuming') return phase;
  const each = systems.map(
    ({ name, stage, percent }) =>
      `${name} ${stage}${percent === undefined ? '' : ` ${Math.floor(percent / 10) * 10} %`}`,
  );
  return `${phase}: ${each.join(', ')}`;
}
