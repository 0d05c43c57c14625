import type { AppProxy } from '../apps/app-proxy.js';
import type { AppStore, Revoked } from '../apps/app.store.js';
import type { CommandRunner } from '../checks/command-runner.js';
import type { UpstreamRegistry } from '../upstreams/upstream.registry.js';
import type { ViewerHub } from '../viewers/viewer.hub.js';

type Holder = { sessionId: string; userId: string; familyId?: string };

/** Closes what somebody lost the right to see, consoles and connections to web apps alike, and what runs for nobody. */
export class Revocation {
  constructor(
    private readonly hub: ViewerHub,
    private readonly upstreams: UpstreamRegistry,
    private readonly apps: AppProxy,
    private readonly visits: AppStore,
    private readonly commands: CommandRunner,
  ) {}

  async sessionEnded(sessionId: string) {
    this.commands.cancel(sessionId);
    this.upstreams.endSession(sessionId);
    this.hub.closeWhere(({ ticket }) => ticket.sessionId === sessionId, 'gone', 'the session has ended');
    this.apps.closeWhere((visit) => visit.sessionId === sessionId);
    await this.visits.revoke({ sessionId });
  }

  /** Frozen systems answer nothing: let the browsers wait for the resumed session instead. */
  sessionPaused(sessionId: string) {
    this.commands.cancel(sessionId);
    this.hub.closeWhere(({ ticket }) => ticket.sessionId === sessionId, 'unreachable', 'the session is paused');
  }

  async membersRemoved(sessionId: string, userIds: readonly string[]) {
    for (const userId of userIds) await this.close({ sessionId, userId });
  }

  async userLost(userId: string) {
    await this.close({ userId });
  }

  async signedOut(userId: string, familyId: string | undefined) {
    await this.close(familyId === undefined ? { userId } : { familyId });
  }

  private async close(lost: Revoked) {
    const covers = (holder: Holder) =>
      (!('sessionId' in lost) || lost.sessionId === holder.sessionId) &&
      (!('userId' in lost) || lost.userId === holder.userId) &&
      (!('familyId' in lost) || lost.familyId === holder.familyId);
    this.hub.closeWhere(
      ({ ticket }) => covers({ sessionId: ticket.sessionId, userId: ticket.user.id, familyId: ticket.user.familyId }),
      'revoked',
      'you may not see this console any more',
    );
    this.apps.closeWhere(covers);
    await this.visits.revoke(lost);
  }
}
