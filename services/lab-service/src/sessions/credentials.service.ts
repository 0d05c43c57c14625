import type { Principal } from '@lab-orchestrator/contracts';
import { forgeCredentials } from '@lab-orchestrator/lab-folder';
import { Database } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { LabVersions } from '../labs/lab-versions.js';
import { notFound } from '../policy/allow.js';
import { DesiredSessionsService } from './desired-sessions.service.js';
import { SessionAccess } from './session-access.js';
import { SessionLog } from './session-log.js';

/** The logins that a lab shows to its people. */
@Injectable()
export class CredentialsService {
  constructor(
    private readonly db: Database,
    private readonly access: SessionAccess,
    private readonly versions: LabVersions,
    private readonly sessions: DesiredSessionsService,
    private readonly log: SessionLog,
  ) {}

  async read(caller: Principal, sessionId: string, systemName: string) {
    const { session } = await this.access.find(caller, sessionId, 'readCredentials');
    const { resolved } = await this.versions.get({ labId: session.labId, version: session.labVersion });
    const system = resolved.systems.find(({ name }) => name === systemName);
    const credentials =
      system && forgeCredentials(system, this.sessions.facts(await this.sessions.withVariables(sessionId)));
    if (!credentials) throw notFound('system');
    const text = `${caller.displayName} looked at the login of ${systemName}.`;
    const line = { code: 'credentials_read', text, actorName: caller.displayName, system: systemName };
    await this.db.transaction((tx) => this.log.add(tx, sessionId, line));
    return credentials;
  }
}
