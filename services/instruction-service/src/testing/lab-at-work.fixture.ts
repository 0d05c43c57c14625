import type { Principal } from '@lab-orchestrator/contracts';
import { person } from '@lab-orchestrator/lab-service/testing';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type AtWork, atWork, freshSystems } from './at-work.fixture.js';
import { type Instructions, startInstructions } from './instructions.fixture.js';

/** A platform for the whole spec file, with a published lab. What a hook has not made yet is not to be read. */
export class PublishedLab {
  readonly lecturer = person('lecturer', 'Grace');
  rig!: Instructions;
  labId!: string;

  constructor() {
    beforeAll(async () => {
      this.rig = await startInstructions();
      this.labId = await this.rig.publish(this.lecturer);
    });
    afterAll(() => this.rig?.stop());
    beforeEach(() => freshSystems(this.rig));
  }
}

/** And somebody at work in it: a learner and a session of their own for each case. */
export class LabAtWork extends PublishedLab {
  learner!: Principal;
  sessionId!: string;
  me!: AtWork;

  constructor() {
    super();
    beforeEach(async () => {
      this.learner = person('learner', 'Ada');
      this.sessionId = await this.rig.session(this.learner, this.labId);
      this.me = atWork(this.rig, this.learner, this.sessionId);
    });
  }

  /** What every event about a step of this session says. */
  facts() {
    return { sessionId: this.sessionId, userId: this.learner.userId, labId: this.labId, version: 1 };
  }
}
