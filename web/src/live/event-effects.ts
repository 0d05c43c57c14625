import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { Session } from '@lab-orchestrator/contracts';
import { keys } from '../api/keys.js';
import type { LiveEvent } from './event-stream.js';

export interface Effects {
  /** Applied at once to the session on the screen. */
  patch?: { sessionId: string; change: (session: Session) => Session };
  /** Read again from the server. */
  invalidate: QueryKey[];
}

/** What a live event changes on the screen. */
export function effectsOf({ type, data }: LiveEvent): Effects {
  const sessionId = textOf(data['sessionId']);
  if (type === 'reset') return { invalidate: [[]] };
  if (type.startsWith('image.')) return { invalidate: [keys.images()] };
  if (type.startsWith('user.')) return { invalidate: [keys.users(), keys.me()] };
  if (/^(step|check|instruction)\./.test(type)) return { invalidate: progressKeys(sessionId) };
  if (!type.startsWith('lab.') || sessionId === undefined) return { invalidate: [] };
  if (type === 'lab.progressed.v1') {
    const invalidate = somethingIsReady(data) ? [pagesOf(sessionId)] : [];
    return { patch: { sessionId, change: (session) => progressed(session, data) }, invalidate };
  }
  const invalidate = [keys.session(sessionId), pagesOf(sessionId), keys.sessions(), keys.labs()];
  return { patch: { sessionId, change: (session) => changed(session, data) }, invalidate };
}

/** Steps move in the open instructions at once, and in the tables of lecturers. */
const progressKeys = (sessionId: string | undefined): QueryKey[] => [
  ...(sessionId === undefined ? [] : [keys.instructions(sessionId, 'overview')]),
  keys.progress(),
];

/** Pages show addresses of systems, which are known when those are there. */
const pagesOf = (sessionId: string): QueryKey => keys.instructions(sessionId, 'page');

const somethingIsReady = ({ systems }: LiveEvent['data']) =>
  Array.isArray(systems) && systems.some(({ state }) => state === 'ready');

/** Late or repeated news must not turn the clock back. */
const isOld = (session: Session, data: LiveEvent['data']) =>
  typeof data['generation'] === 'number' && data['generation'] < session.generation;

function progressed(session: Session, data: LiveEvent['data']): Session {
  if (isOld(session, data) || !Array.isArray(data['systems'])) return session;
  const news = new Map(data['systems'].map((system) => [system.name, system]));
  return {
    ...session,
    systems: session.systems.map((system) => {
      const update = news.get(system.name);
      if (update === undefined) return system;
      const { state, stage, percent, reason } = update;
      return { ...system, state, stage, percent, reason };
    }),
  };
}

/** The fields of the event that a session has too: `phase`, `desired`, `deadlineAt`, `extensionsLeft`, a `reason` object. */
function changed(session: Session, data: LiveEvent['data']): Session {
  if (isOld(session, data)) return session;
  const { phase, desired, deadlineAt, extensionsLeft, generation } = { ...session, ...data };
  return { ...session, phase, desired, deadlineAt, extensionsLeft, generation };
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** What belongs to one session is on one screen; lists are on many. */
const atOnce = new Set<unknown>(['session', 'instructions']);

/** Applies live events to the query cache; the lists of a busy platform are read again at most once a second. */
export function applyEvents(client: QueryClient): (event: LiveEvent) => void {
  const waiting = new Map<string, QueryKey>();
  const flush = () => {
    const due = [...waiting.values()];
    waiting.clear();
    for (const queryKey of due) void client.invalidateQueries({ queryKey });
  };
  return (event) => {
    const { patch, invalidate } = effectsOf(event);
    if (patch) client.setQueryData<Session>(keys.session(patch.sessionId), (old) => old && patch.change(old));
    for (const queryKey of invalidate) {
      if (atOnce.has(queryKey[0])) void client.invalidateQueries({ queryKey });
      else if (waiting.set(JSON.stringify(queryKey), queryKey).size === 1) setTimeout(flush, 1_000);
    }
  };
}
