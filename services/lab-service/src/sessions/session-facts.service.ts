import type { GetSessionFacts, GetSessionValues, ReplyInputOf, RequestOf } from '@lab-orchestrator/contracts';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { LabEntity } from '../labs/lab.entity.js';
import { LabVersions } from '../labs/lab-versions.js';
import { notFound } from '../policy/allow.js';
import { DesiredSessionsService } from './desired-sessions.service.js';
import { SessionMemberEntity } from './session-member.entity.js';
import { SessionEntity } from './session.entity.js';

/** For the instruction service: what it has to know about a session. */
@Injectable()
export class SessionFactsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly versions: LabVersions,
    private readonly sessions: DesiredSessionsService,
  ) {}

  async facts({ sessionId }: RequestOf<typeof GetSessionFacts>): Promise<ReplyInputOf<typeof GetSessionFacts>> {
    const session = await this.dataSource.getRepository(SessionEntity).findOneBy({ id: sessionId });
    if (!session) throw notFound('session');
    const lab = await this.dataSource.getRepository(LabEntity).findOneByOrFail({ id: session.labId });
    const members = await this.dataSource.getRepository(SessionMemberEntity).findBy({ sessionId });
    return {
      sessionId,
      labId: session.labId,
      version: session.labVersion,
      ownerId: session.ownerId,
      ownerName: session.ownerName,
      labOwnerId: lab.ownerId,
      ...(session.courseId && { courseId: session.courseId }),
      members: members.map(({ userId, displayName, role }) => ({ userId, displayName, role })),
      generation: session.generation,
      phase: session.phase,
      createdAt: session.createdAt.toISOString(),
    };
  }

  async values({ sessionId }: RequestOf<typeof GetSessionValues>): Promise<ReplyInputOf<typeof GetSessionValues>> {
    const session = await this.sessions.withVariables(sessionId);
    const { resolved } = await this.versions.get({ labId: session.labId, version: session.labVersion });
    const { user, variables } = this.sessions.facts(session);
    return {
      user,
      variables: Object.fromEntries(
        Object.entries(variables).map(([name, value]) => [
          name,
          { value, secret: resolved.variables[name]?.secret ?? true },
        ]),
      ),
      addresses: addressesOf(session, resolved.systems),
    };
  }
}

/** In the order in which the lab file names a system's networks. */
function addressesOf({ systems }: SessionEntity, resolved: ReadonlyArray<{ name: string; networks: string[] }>) {
  return Object.fromEntries(
    systems.flatMap(({ name, addresses = {} }) => {
      const networks = resolved.find((system) => system.name === name)?.networks ?? [];
      const address = networks.flatMap((network) => addresses[network] ?? [])[0];
      return address === undefined ? [] : [[name, address]];
    }),
  );
}
