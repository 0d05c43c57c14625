import {
  FindClosedSessions,
  FindUnusedImages,
  ListOpenSessionIds,
  ListWantedImages,
} from '@lab-orchestrator/contracts';
import { CONFIG, inContext, RequestClient } from '@lab-orchestrator/platform';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { ProvisionerConfig } from '../config.js';
import { WakeQueue } from '../queues/wake.queue.js';
import { LAB_RUNTIME, type LabRuntime } from '../runtime.provider.js';

const pageSize = 1_000;

/**
 * Repairs what lost hints left undone: wakes every open session, every wanted image, every session that the runtime still
 * holds although it is not open, and every image that it holds although nobody needs it. Watches wake sessions in between.
 */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Sweeper');
  private timer: NodeJS.Timeout | undefined;
  private watch: Disposable | undefined;

  constructor(
    @Inject(LAB_RUNTIME) private readonly runtime: LabRuntime,
    @Inject(CONFIG) private readonly config: ProvisionerConfig,
    private readonly requests: RequestClient,
    private readonly wake: WakeQueue,
  ) {}

  onApplicationBootstrap() {
    this.watch = this.runtime.watch(
      (sessionId) =>
        void this.wake
          .session(sessionId)
          .catch((error: unknown) => this.logger.warn({ err: error }, 'a hint was lost')),
    );
    this.timer = setInterval(() => void this.sweepSafely(), this.config.LAB_SWEEP_S * 1_000);
    void this.sweepSafely();
  }

  async onApplicationShutdown() {
    clearInterval(this.timer);
    this.watch?.[Symbol.dispose]();
    await this.runtime.close();
  }

  /** One round over everything. A list that fails ends the round: it never means that something is gone. */
  async sweep() {
    await this.wakeOpenSessions();
    await this.wakeOrphans();
    const { imageIds } = await this.requests.call(ListWantedImages, {});
    for (const imageId of imageIds) await this.wake.image(imageId);
    await this.wakeUnusedImages();
  }

  private async wakeOpenSessions() {
    let after: string | undefined;
    do {
      const { sessionIds } = await this.requests.call(ListOpenSessionIds, { after, limit: pageSize });
      for (const sessionId of sessionIds) await this.wake.session(sessionId);
      after = sessionIds.length === pageSize ? sessionIds.at(-1) : undefined;
    } while (after !== undefined);
  }

  private async wakeOrphans() {
    for (const held of inPages(await this.runtime.sessions())) {
      const { sessionIds } = await this.requests.call(FindClosedSessions, { sessionIds: held });
      for (const sessionId of sessionIds) await this.wake.session(sessionId);
    }
  }

  /** Their jobs find that nobody has them any more, and remove them. */
  private async wakeUnusedImages() {
    for (const held of inPages(await this.runtime.images())) {
      const { imageIds } = await this.requests.call(FindUnusedImages, { imageIds: held });
      for (const imageId of imageIds) await this.wake.image(imageId);
    }
  }

  private async sweepSafely() {
    await inContext({}, () => this.sweep()).catch((error: unknown) =>
      this.logger.warn({ err: error }, 'a sweep was interrupted'),
    );
  }
}

/** As many as one request takes. */
function* inPages(ids: readonly string[]) {
  for (let start = 0; start < ids.length; start += pageSize) yield ids.slice(start, start + pageSize);
}
