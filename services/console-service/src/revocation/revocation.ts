import type { AppProxy } from '../apps/app-proxy.js';
import type { CommandRunner } from '../checks/command-runner.js';
import type { UpstreamRegistry } from '../upstreams/upstream.registry.js';
import type { ViewerHub } from '../viewers/viewer.hub.js';
import { isCovered, type Withdrawals, type Withdrawn } from './withdrawals.js';

/** Closes what somebody lost the right to see, consoles and connections to web apps alike, and what runs for nobody. */
export class Revocation {
  constructor(
    private readonly hub: ViewerHub,
    private readonly upstreams: UpstreamRegistry,
    private readonly apps: AppProxy,
    private readonly withdrawals: Withdrawals,
    private readonly commands: CommandRunner,
  ) {}

  async sessionEnded(sessionId: string) {
    await this.withdraw({ sessionId }, () => {
      this.commands.cancel(sessionId);
      this.upstreams.endSession(sessionId);
      this.hub.closeWhere(({ ticket }) => ticket.sessionId === sessionId, 'gone', 'the session has ended');
    });
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

  private async close(lost: Withdrawn) {
    await this.withdraw(lost, () =>
      this.hub.closeWhere(
        ({ ticket: { sessionId, user } }) => isCovered({ sessionId, userId: user.id, familyId: user.familyId }, lost),
        'revoked',
        'you may not see this console any more',
      ),
    );
  }

  /** At once, although Redis may be away; and again once it is written down, for those who came in meanwhile. */
  private async withdraw(lost: Withdrawn, closeConsoles: () => void) {
    const close = () => {
      closeConsoles();
      this.apps.closeWhere((visit) => isCovered(visit, lost));
    };
    close();
    await this.withdrawals.add(lost);
    close();
  }
}
