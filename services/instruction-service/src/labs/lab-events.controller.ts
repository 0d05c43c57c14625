import { type DataOf, LabVersionPublished } from '@lab-orchestrator/contracts';
import { HandleEvent } from '@lab-orchestrator/platform';
import { Controller } from '@nestjs/common';
import { LabInstructionsStore } from './lab-instructions.store.js';

@Controller()
export class LabEventsController {
  constructor(private readonly labs: LabInstructionsStore) {}

  /** Compiles ahead, so that the first learner does not wait. Repeats find it done. */
  @HandleEvent(LabVersionPublished) onPublished(version: DataOf<typeof LabVersionPublished>) {
    return this.labs.get(version);
  }
}
