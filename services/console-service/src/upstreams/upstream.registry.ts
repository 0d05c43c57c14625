import type { ConsoleTarget, Consoles } from '@lab-orchestrator/lab-runtime';
import type { Ticket } from '../tickets/ticket.js';
import { Upstream, type UpstreamLimits } from './upstream.js';

const keyOf = (ticket: Ticket) => `${ticket.sessionId}/${ticket.system}/${ticket.access.name}`;

/** What the runtime is asked to open for a ticket. */
export function targetOf({ sessionId, system, access }: Ticket): ConsoleTarget {
  const where = { sessionId, system };
  switch (access.kind) {
    case 'terminal':
      return { ...where, channel: 'terminal', command: access.command, user: access.user, columns: 80, rows: 24 };
    case 'serial':
      return { ...where, channel: 'serial' };
    case 'desktop':
      return { ...where, channel: 'desktop' };
    case 'web':
      return { ...where, channel: 'port', port: access.port };
  }
}

type Entry = { sessionId: string; opening: Promise<Upstream>; upstream?: Upstream; unwatchedSince?: number };

/** One upstream per session, system and access entry; kept a while after the last viewer left, so that a reload finds it. */
export class UpstreamRegistry {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly runtime: Consoles,
    private readonly limits: UpstreamLimits & { lingerMs: number },
  ) {}

  /** The open upstream of this ticket's target, opened when there is none. Concurrent calls share one. */
  async open(ticket: Ticket): Promise<Upstream> {
    const key = keyOf(ticket);
    const existing = this.entries.get(key);
    if (existing) return existing.opening;
    const entry: Entry = { sessionId: ticket.sessionId, opening: this.connect(key, ticket) };
    this.entries.set(key, entry);
    try {
      entry.upstream = await entry.opening;
      return entry.upstream;
    } catch (error) {
      this.forget(key, entry);
      throw error;
    }
  }

  /** Every upstream that is open now. */
  *all(): Generator<{ sessionId: string; upstream: Upstream }> {
    for (const { sessionId, upstream } of this.entries.values()) if (upstream) yield { sessionId, upstream };
  }

  endSession(sessionId: string) {
    for (const { sessionId: id, upstream } of this.all())
      if (id === sessionId) upstream.end('gone', 'the session has ended');
  }

  /** Drops viewers that hang, and upstreams that nobody has watched for a while. */
  tidy(now: number) {
    for (const entry of this.entries.values()) {
      entry.upstream?.dropHopeless(now);
      entry.unwatchedSince = entry.upstream?.watched === false ? (entry.unwatchedSince ?? now) : undefined;
      if (entry.unwatchedSince !== undefined && now - entry.unwatchedSince > this.limits.lingerMs)
        entry.upstream?.end('gone', 'nobody was watching');
    }
  }

  close() {
    for (const { upstream } of this.all()) upstream.end('unreachable', 'the console service restarts');
  }

  private async connect(key: string, ticket: Ticket) {
    const target = targetOf(ticket);
    const open = () => this.runtime.open(target);
    const onEnd = () => this.forget(key, this.entries.get(key));
    // A machine that restarts or moves has the same serial console; a shell that was lost is another one.
    return new Upstream(await open(), this.limits, target.channel === 'serial' ? { onEnd, open } : { onEnd });
  }

  private forget(key: string, entry: Entry | undefined) {
    if (entry && this.entries.get(key) === entry) this.entries.delete(key);
  }
}
