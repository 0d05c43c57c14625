import type { AccessSpec, CheckViewers, OpenConsoleRequest, Principal, RequestOf } from '@lab-orchestrator/contracts';
import { IssueTicket } from '@lab-orchestrator/contracts';
import type { ResolvedSystem } from '@lab-orchestrator/lab-folder';
import { RequestClient, UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { LabEntity } from '../labs/lab.entity.js';
import { LabVersions } from '../labs/lab-versions.js';
import { maySession, notFound } from '../policy/allow.js';
import { SessionAccess } from './session-access.js';
import { SessionMemberEntity } from './session-member.entity.js';
import { SessionEntity, type SystemStatus } from './session.entity.js';

type Viewers = RequestOf<typeof CheckViewers>['viewers'];

/** Phases in which consoles may be open. */
const livePhases = new Set<string>(['provisioning', 'ready', 'pausing', 'resuming']);

/** Who may open which console, and who still may. */
@Injectable()
export class ConsolesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly access: SessionAccess,
    private readonly versions: LabVersions,
    private readonly requests: RequestClient,
  ) {}

  /** A one-use ticket from the console service, for somebody who may have it. */
  async open(caller: Principal, request: RequestOf<typeof OpenConsoleRequest>) {
    const { sessionId, system, mode, origin } = request;
    const { session } = await this.access.find(caller, sessionId, mode);
    const { resolved } = await this.versions.get({ labId: session.labId, version: session.labVersion });
    const wanted = resolved.systems.find(({ name }) => name === system);
    const access = wanted?.access.find(({ name }) => name === request.access);
    if (!wanted || !access) throw notFound('system');
    refuseUnready(session, wanted, access.kind);
    const { userId: id, displayName, role, familyId } = caller;
    return this.requests.call(
      IssueTicket,
      {
        sessionId,
        system,
        access,
        kind: access.kind,
        mode,
        origin,
        user: { id, displayName, role, ...(familyId && { familyId }) },
      },
      { principal: caller },
    );
  }

  /** The index of everyone who has lost the right to what they look at. */
  async revoked(viewers: Viewers): Promise<{ revoked: number[] }> {
    const rights = await this.rights(viewers.map(({ sessionId }) => sessionId));
    return {
      revoked: viewers.flatMap(({ sessionId, userId, role, mode }, index) => {
        const session = rights(sessionId, userId);
        return session && maySession({ userId, role }, mode, session) ? [] : [index];
      }),
    };
  }

  private async rights(sessionIds: readonly string[]) {
    const sessions = await this.dataSource.getRepository(SessionEntity).findBy({ id: In([...new Set(sessionIds)]) });
    const ids = sessions.map(({ id }) => id);
    const labs = await this.dataSource.getRepository(LabEntity).findBy({ id: In(sessions.map(({ labId }) => labId)) });
    const members = await this.dataSource.getRepository(SessionMemberEntity).findBy({ sessionId: In(ids) });
    return (sessionId: string, userId: string) => {
      const session = sessions.find(({ id }) => id === sessionId);
      const lab = labs.find(({ id }) => id === session?.labId);
      if (!session || !lab || !livePhases.has(session.phase)) return undefined;
      const member = members.find((each) => each.sessionId === sessionId && each.userId === userId);
      return { ownerId: session.ownerId, labOwnerId: lab.ownerId, memberRole: member?.role };
    };
  }
}

function refuseUnready({ phase, systems }: SessionEntity, { name, kind }: ResolvedSystem, access: AccessSpec['kind']) {
  const status = systems.find((system) => system.name === name);
  // A machine's own screen and serial line are there before its guest answers: people may watch it boot.
  const boots = kind === 'vm' && (access === 'serial' || access === 'desktop') && isBooting(status);
  if ((phase === 'provisioning' || phase === 'ready') && (status?.state === 'ready' || boots)) return;
  throw new UserError('system_not_ready', { status: 409, detail: `${name} cannot be reached yet.`, retryAfterS: 2 });
}

const isBooting = (status?: SystemStatus) => status?.state === 'starting' && status.stage === 'boot';
