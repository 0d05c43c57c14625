import { LabChanged, LabRequested, type DataOf } from '@lab-orchestrator/contracts';
import { HandleEvent } from '@lab-orchestrator/platform';
import { Controller } from '@nestjs/common';
import { WakeQueue } from '../queues/wake.queue.js';

/** Hints from the owner of sessions: look at this one. */
@Controller()
export class SessionEventsController {
  constructor(private readonly wake: WakeQueue) {}

  @HandleEvent(LabRequested)
  onRequested({ sessionId }: DataOf<typeof LabRequested>) {
    return this.wake.session(sessionId);
  }

  @HandleEvent(LabChanged)
  onChanged({ sessionId }: DataOf<typeof LabChanged>) {
    return this.wake.session(sessionId);
  }
}
