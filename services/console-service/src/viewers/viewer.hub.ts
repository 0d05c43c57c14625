import { ConsoleControl } from '@lab-orchestrator/contracts';
import type { Consoles } from '@lab-orchestrator/lab-runtime';
import type { WebSocket } from 'ws';
import type { ActivityReporter } from '../activity/activity.reporter.js';
import { pipeDesktop } from '../desktops/desktop-pipe.js';
import type { Ticket } from '../tickets/ticket.js';
import { type Upstream } from '../upstreams/upstream.js';
import { targetOf, type UpstreamRegistry } from '../upstreams/upstream.registry.js';
import { type CloseReason, Viewer } from './viewer.js';
import { viewerLimits } from './viewer-limits.js';

/** Joins browsers to systems, and parts them again. */
export class ViewerHub {
  private readonly viewers = new Set<Viewer>();

  constructor(
    private readonly runtime: Consoles,
    private readonly upstreams: UpstreamRegistry,
    private readonly activity: ActivityReporter,
  ) {}

  /** Holds the viewer from the first moment, so that a right withdrawn while the system is connected counts. */
  async accept(socket: WebSocket, ticket: Ticket) {
    const viewer = this.track(new Viewer(socket, ticket, viewerLimits));
    // What a fast client sends before the system is connected waits in the socket.
    socket.pause();
    try {
      await (ticket.kind === 'desktop' ? this.openDesktop(viewer) : this.join(viewer));
    } finally {
      socket.resume();
    }
  }

  list() {
    return [...this.viewers];
  }

  closeWhere(matches: (viewer: Viewer) => boolean, reason: CloseReason, text: string) {
    for (const viewer of this.viewers) if (matches(viewer)) viewer.close(reason, text);
  }

  tidy(now: number) {
    for (const viewer of this.viewers)
      if (viewer.isHopeless(now)) viewer.close('tooSlow', 'this connection is too slow');
  }

  private async openDesktop(viewer: Viewer) {
    const { ticket } = viewer;
    const console = await this.runtime.open(targetOf(ticket));
    if (viewer.isOpen) pipeDesktop(viewer, console, () => this.activity.active(ticket.sessionId));
    else console.destroy();
  }

  private async join(viewer: Viewer) {
    const { socket, ticket } = viewer;
    const upstream = await this.upstreams.open(ticket);
    if (!viewer.isOpen) return;
    viewer.drainsTo(upstream.readOn);
    socket.once('close', () => upstream.remove(viewer));
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (!viewer.mayType) return;
      if (isBinary) this.type(socket, upstream, data, ticket.sessionId);
      else this.control(upstream, data, viewer);
    });
    upstream.add(viewer);
  }

  private type(socket: WebSocket, upstream: Upstream, bytes: Buffer, sessionId: string) {
    this.activity.active(sessionId);
    if (upstream.write(bytes)) return;
    socket.pause();
    upstream.drained(() => socket.resume());
  }

  private control(upstream: Upstream, data: Buffer, viewer: Viewer) {
    const control = ConsoleControl.safeParse(parsed(data));
    if (control.success && control.data.type === 'resize') {
      upstream
        .resize(control.data.cols, control.data.rows)
        .catch(() => viewer.close('unreachable', 'the system does not answer'));
    }
  }

  private track(viewer: Viewer) {
    this.viewers.add(viewer);
    viewer.socket.once('close', () => this.viewers.delete(viewer));
    return viewer;
  }
}

function parsed(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString('utf8'));
  } catch {
    return undefined;
  }
}
