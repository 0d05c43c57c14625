import type {
  FindClosedSessions,
  GetDesiredSession,
  ListOpenSessionIds,
  ReplyInputOf,
  RequestOf,
} from '@lab-orchestrator/contracts';
import { forgeSessionSpec, imagesOf, type SessionFacts } from '@lab-orchestrator/lab-folder';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { ImageCatalog } from '../images/image-catalog.js';
import { LabVersions } from '../labs/lab-versions.js';
import { notFound } from '../policy/allow.js';
import { SessionEntity } from './session.entity.js';
import { VariablesCipher } from './variables-cipher.js';

/** The provisioner's side of sessions: what is wanted now. */
@Injectable()
export class DesiredSessionsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly versions: LabVersions,
    private readonly images: ImageCatalog,
    private readonly cipher: VariablesCipher,
  ) {}

  async desired({ sessionId }: RequestOf<typeof GetDesiredSession>): Promise<ReplyInputOf<typeof GetDesiredSession>> {
    const session = await this.withVariables(sessionId);
    const { desired, generation, phase, endReason } = session;
    const wish = { sessionId, desired, generation, phase, ...(endReason && { endReason }) };
    if (desired === 'ended') return wish;
    const key = { labId: session.labId, version: session.labVersion };
    const { resolved } = await this.versions.get(key);
    const [image, files] = await Promise.all([
      this.images.lookup(imagesOf(resolved).map(({ name }) => name)),
      this.versions.systemFiles(key, resolved),
    ]);
    return { ...wish, spec: forgeSessionSpec(resolved, this.facts(session), { image, files }) };
  }

  /** Page by page, by id. */
  async openIds({ after, limit }: RequestOf<typeof ListOpenSessionIds>) {
    const rows = await this.dataSource.query<Array<{ id: string }>>(
      `SELECT id FROM sessions WHERE phase <> 'ended' AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`,
      [after ?? null, limit],
    );
    return { sessionIds: rows.map(({ id }) => id) };
  }

  /** Never existed, or ended: what the runtime still holds of these belongs to nobody. */
  async findClosed({ sessionIds }: RequestOf<typeof FindClosedSessions>) {
    const rows = await this.dataSource.query<Array<{ id: string }>>(
      `SELECT id FROM unnest($1::uuid[]) AS asked (id)
       WHERE NOT EXISTS (SELECT 1 FROM sessions WHERE sessions.id = asked.id AND phase <> 'ended')`,
      [sessionIds],
    );
    return { sessionIds: rows.map(({ id }) => id) };
  }

  /** With its secrets: only for what is built from them. */
  async withVariables(sessionId: string): Promise<SessionEntity> {
    const session = await this.dataSource
      .getRepository(SessionEntity)
      .createQueryBuilder('session')
      .addSelect('session.variables')
      .where('session.id = :sessionId', { sessionId })
      .getOne();
    if (!session) throw notFound('session');
    return session;
  }

  facts(session: SessionEntity): SessionFacts {
    return {
      sessionId: session.id,
      generation: session.generation,
      user: { id: session.ownerId, name: session.ownerName },
      variables: this.cipher.open(session.id, session.variables),
    };
  }
}
