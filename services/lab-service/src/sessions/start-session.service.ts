import {
  LabRequested,
  type Phase,
  type Principal,
  type RequestOf,
  type StartSessionRequest,
} from '@lab-orchestrator/contracts';
import { refusedVariables, type ResolvedLab } from '@lab-orchestrator/lab-folder';
import { Outbox, UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager, In, Not } from 'typeorm';
import { AdmissionService } from '../admission/admission.service.js';
import { refuseUnsupported } from '../admission/missing-abilities.js';
import { nodeNeeds } from '../admission/node-need.js';
import { NodeRoom } from '../admission/node-room.js';
import { type CapacitySnapshot, RuntimeCapacity } from '../admission/runtime-capacity.js';
import type { LabEntity } from '../labs/lab.entity.js';
import { needsOf } from '../labs/lab.view.js';
import { LabVersions } from '../labs/lab-versions.js';
import { LabsService } from '../labs/labs.service.js';
import { allowLab } from '../policy/allow.js';
import { NewSession } from './new-session.js';
import { SessionEntity } from './session.entity.js';

type StartSession = RequestOf<typeof StartSessionRequest>;

/** A session that is on its way out is no longer in the way of the next one. */
const overPhases: Phase[] = ['ending', 'ended'];

/** Starts sessions: each click at most one. */
@Injectable()
export class StartSessionService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
    private readonly labs: LabsService,
    private readonly versions: LabVersions,
    private readonly admission: AdmissionService,
    private readonly capacity: RuntimeCapacity,
    private readonly parts: NewSession,
  ) {}

  /** @returns the id of the new session */
  async start(caller: Principal, request: StartSession): Promise<string> {
    const lab = await this.labs.find(request.labId);
    allowLab(caller, 'start', lab);
    if (lab.archived)
      throw new UserError('lab_archived', { status: 409, detail: 'This lab is archived and cannot be started.' });
    const key = { labId: lab.id, version: request.version ?? lab.version };
    const { resolved } = await this.versions.get(key);
    refuseVariables(resolved, request);
    const capacity = await this.capacity.current();
    if (capacity) {
      refuseUnsupported(resolved, capacity.features);
      refuseTooLarge(resolved, capacity);
    }
    // Most clicks of a herd are repeats: they are told so before they wait for their turn.
    await this.refuseOpen(this.dataSource.manager, caller, lab, resolved.rules.perUser);
    return this.admission.decideAfter(async (tx) => {
      await this.refuseOpen(tx, caller, lab, resolved.rules.perUser);
      const session = await this.parts.insert(tx, caller, key, resolved, request);
      await this.outbox.add(tx, LabRequested, {
        sessionId: session.id,
        generation: session.generation,
        labId: key.labId,
        version: key.version,
        ownerId: caller.userId,
        ...(request.courseId && { courseId: request.courseId }),
      });
      return session.id;
    });
  }

  /** In the turn of the admission, so that two clicks at once find each other. */
  private async refuseOpen(tx: EntityManager, { userId }: Principal, lab: LabEntity, perUser: number) {
    const mine = await tx.find(SessionEntity, {
      select: { id: true, labId: true, phase: true },
      where: { ownerId: userId, phase: Not(In(overPhases)) },
      order: { createdAt: 'ASC' },
    });
    const sameLab = mine.filter(({ labId }) => labId === lab.id);
    const [open] = sameLab;
    if (open && sameLab.length >= perUser)
      throw new UserError('session_open', {
        status: 409,
        detail: `You have a session of this lab already: ${open.id}.`,
        errors: [{ path: 'sessionId', message: open.id }],
      });
    this.parts.refuseTooManyWaiting(mine.filter(({ phase }) => phase === 'requested' || phase === 'queued').length);
  }
}

function refuseVariables(lab: ResolvedLab, { variables = {} }: StartSession) {
  const refused = refusedVariables(lab.variables, variables);
  if (refused.length > 0)
    throw new UserError('invalid_request', {
      status: 400,
      detail: 'Some variables cannot be given.',
      errors: refused.map((name) => ({ path: `variables.${name}`, message: 'this lab does not let anybody set it' })),
    });
}

type Largest = Pick<CapacitySnapshot, 'total' | 'nodes' | 'vmOverhead'>;

function refuseTooLarge(lab: ResolvedLab, { total, nodes, vmOverhead }: Largest) {
  const { cpus, memoryBytes } = needsOf(lab);
  if (cpus > total.cpus || memoryBytes > total.memoryBytes)
    throw new UserError('lab_too_large', { status: 409, detail: 'This lab needs more than the whole platform has.' });
  for (const system of lab.systems)
    if (!new NodeRoom(nodes.map((node) => node.total)).place(nodeNeeds([system], vmOverhead)))
      throw new UserError('lab_too_large', {
        status: 409,
        detail: `The system "${system.title}" of this lab needs more than any single machine of the platform has.`,
      });
}
