import type { Principal, RequestOf, StartSessionRequest } from '@lab-orchestrator/contracts';
import { makeVariables, type ResolvedLab } from '@lab-orchestrator/lab-folder';
import { CONFIG, UserError } from '@lab-orchestrator/platform';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import type { LabConfig } from '../config.js';
import { needsOf } from '../labs/lab.view.js';
import type { VersionKey } from '../labs/lab-versions.js';
import { SessionLog } from './session-log.js';
import { SessionEntity } from './session.entity.js';
import { warnedAtStart } from './timers/deadlines.js';
import { VariablesCipher } from './variables-cipher.js';

type StartSession = RequestOf<typeof StartSessionRequest>;

/** Makes the row of a session. */
@Injectable()
export class NewSession {
  constructor(
    private readonly cipher: VariablesCipher,
    private readonly log: SessionLog,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: LabConfig,
  ) {}

  async insert(
    tx: EntityManager,
    caller: Principal,
    key: VersionKey,
    lab: ResolvedLab,
    { variables, courseId }: StartSession,
  ) {
    const id = randomUUID();
    const now = this.clock.now();
    const { cpus, memoryBytes } = needsOf(lab);
    const session = {
      id,
      labId: key.labId,
      labVersion: key.version,
      ownerId: caller.userId,
      ownerName: caller.displayName,
      courseId: courseId ?? null,
      desired: 'running',
      generation: 1,
      phase: 'requested',
      phaseSince: now,
      systems: [],
      variables: this.cipher.seal(id, makeVariables(lab.variables, variables)),
      cpus,
      memoryBytes,
      createdAt: now,
      deadlineAt: this.clock.in(lab.rules.deadlineS),
      warnedMinutes: warnedAtStart(lab.rules.deadlineS * 1000),
      idleS: lab.rules.idleS,
    } as const;
    await tx.insert(SessionEntity, { ...session, systems: [] });
    await this.log.add(tx, id, {
      code: 'started',
      text: `${caller.displayName} started the lab.`,
      actorName: caller.displayName,
    });
    return session;
  }

  refuseTooManyWaiting(waiting: number) {
    if (waiting >= this.config.LAB_WAITING_PER_USER)
      throw new UserError('too_many_waiting', {
        status: 409,
        detail: `${waiting} of your sessions wait for a place already.`,
      });
  }
}
