import { type Principal, RestartSystemSoon } from '@lab-orchestrator/contracts';
import { Database, RequestClient } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { LabVersions } from '../../labs/lab-versions.js';
import { notFound } from '../../policy/allow.js';
import { SessionAccess } from '../session-access.js';
import { SessionLog } from '../session-log.js';
import { impossible } from './wishes.service.js';

/** Restarting one system is no change of the wish: the session as a whole stays wanted as it is. */
@Injectable()
export class RestartSystemService {
  constructor(
    private readonly db: Database,
    private readonly access: SessionAccess,
    private readonly log: SessionLog,
    private readonly requests: RequestClient,
    private readonly versions: LabVersions,
  ) {}

  async restart(caller: Principal, sessionId: string, system: string) {
    const { session } = await this.access.find(caller, sessionId, 'operate');
    const { resolved } = await this.versions.get({ labId: session.labId, version: session.labVersion });
    if (!resolved.systems.some(({ name }) => name === system)) throw notFound('system');
    if (session.phase !== 'ready' && session.phase !== 'provisioning') throw impossible('changed', session.phase);
    await this.requests.call(RestartSystemSoon, { sessionId, system }, { principal: caller });
    const text = `${caller.displayName} restarted ${system}.`;
    await this.db.transaction((tx) =>
      this.log.add(tx, sessionId, { code: 'system_restarted', text, actorName: caller.displayName, system }),
    );
    return { accepted: true } as const;
  }
}
