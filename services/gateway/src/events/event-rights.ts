import { type CloudEvent, LabVersionPublished, type Principal } from '@lab-orchestrator/contracts';
import { Injectable } from '@nestjs/common';
import { SessionAudiences } from './session-audiences.js';

const sessionFamilies = new Set(['lab', 'step', 'check', 'instruction']);

/** `lab.requested.v1` → `lab` */
const familyOf = (type: string) => type.slice(0, type.indexOf('.'));
/** Whether the key of the event is a session. */
export const isOfSession = ({ type }: Pick<CloudEvent, 'type'>) =>
  sessionFamilies.has(familyOf(type)) && type !== LabVersionPublished.type;

/** Which events a person may see. What is not named here, nobody sees. */
@Injectable()
export class EventRights {
  constructor(private readonly audiences: SessionAudiences) {}

  /** Rejects while it cannot be told; the reader then has to learn that something may be missing. */
  async may({ userId, role }: Principal, event: CloudEvent): Promise<boolean> {
    const family = familyOf(event.type);
    if (family === 'user') return role === 'admin' || event.subject === userId;
    if (family === 'image') return role !== 'learner';
    if (!isOfSession(event)) return false;
    // Staff see the sessions of their classes; what they may do there is decided when they do it.
    if (role !== 'learner') return true;
    const audience = await this.audiences.of(event.subject);
    return audience !== undefined && (audience.ownerId === userId || audience.memberIds.includes(userId));
  }

  async isOfCourse(event: CloudEvent, courseId: string): Promise<boolean> {
    return isOfSession(event) && (await this.audiences.of(event.subject))?.courseId === courseId;
  }
}
