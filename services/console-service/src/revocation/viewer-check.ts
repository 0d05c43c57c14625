import { CheckViewers } from '@lab-orchestrator/contracts';
import type { RequestClient } from '@lab-orchestrator/platform';
import type { ViewerHub } from '../viewers/viewer.hub.js';

const pageSize = 1_000;

/** Asks the owner of sessions, now and then, who has lost the right to what they watch: events can be lost, rights must not linger. */
export class ViewerCheck {
  constructor(
    private readonly hub: ViewerHub,
    private readonly requests: Pick<RequestClient, 'call'>,
  ) {}

  async run() {
    const viewers = this.hub.list();
    for (let start = 0; start < viewers.length; start += pageSize) {
      const page = viewers.slice(start, start + pageSize);
      const asked = page.map(({ ticket: { sessionId, mode, user } }) => ({
        sessionId,
        mode,
        userId: user.id,
        role: user.role,
      }));
      const { revoked } = await this.requests.call(CheckViewers, { viewers: asked });
      for (const index of revoked) page[index]?.close('revoked', 'you may not see this console any more');
    }
  }
}
