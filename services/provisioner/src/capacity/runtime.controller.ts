import {
  ForceRemoval,
  GetCapacity,
  ListStuckSessions,
  type RequestOf,
  RestartSystemSoon,
} from '@lab-orchestrator/contracts';
import { HandleRequest, type RequestContext } from '@lab-orchestrator/platform';
import { Controller, Inject } from '@nestjs/common';
import { WakeQueue } from '../queues/wake.queue.js';
import { LAB_RUNTIME, type LabRuntime } from '../runtime.provider.js';
import { ForcedRemovals } from '../sessions/forced-removals.js';
import { StuckSessions } from './stuck-sessions.js';

/** What others ask of the runtime. */
@Controller()
export class RuntimeController {
  constructor(
    @Inject(LAB_RUNTIME) private readonly runtime: LabRuntime,
    private readonly stuck: StuckSessions,
    private readonly forced: ForcedRemovals,
    private readonly wake: WakeQueue,
  ) {}

  @HandleRequest(GetCapacity)
  capacity() {
    return this.runtime.capacity();
  }

  @HandleRequest(ListStuckSessions)
  listStuck() {
    return this.stuck.list();
  }

  @HandleRequest(ForceRemoval)
  forceRemoval({ sessionId }: RequestOf<typeof ForceRemoval>, context: RequestContext) {
    return this.forced.force(context, sessionId);
  }

  @HandleRequest(RestartSystemSoon)
  async restart({ sessionId, system }: RequestOf<typeof RestartSystemSoon>) {
    await this.wake.restart(sessionId, system);
    return { accepted: true } as const;
  }
}
