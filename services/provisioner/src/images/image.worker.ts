import {
  GetImageSpec,
  ImageFailed,
  ImageImported,
  type ImageObservation,
  ImageProgressed,
  type ImageSpec,
} from '@lab-orchestrator/contracts';
import { CONFIG, EventPublisher, RequestClient, UserError } from '@lab-orchestrator/platform';
import { Processor } from '@nestjs/bullmq';
import { Inject } from '@nestjs/common';
import type { ProvisionerConfig } from '../config.js';
import { currentJobId } from '../queues/current-job.js';
import { ImageJob, queues } from '../queues/job-keys.js';
import { KeyWorker, keyWorkerOptions } from '../queues/key.worker.js';
import { done, type Outcome, retryIn } from '../queues/outcome.js';
import { LAB_RUNTIME, type LabRuntime } from '../runtime.provider.js';

const importingMs = 1_000;

/** Brings wanted images into the runtime and tells how far each is. */
@Processor(queues.images, keyWorkerOptions)
export class ImageWorker extends KeyWorker<ImageJob> {
  private readonly lastSaid = new Map<string, number | undefined>();

  constructor(
    @Inject(CONFIG) config: ProvisionerConfig,
    @Inject(LAB_RUNTIME) private readonly runtime: LabRuntime,
    private readonly requests: RequestClient,
    private readonly events: EventPublisher,
  ) {
    super(ImageJob, config.LAB_IMAGE_CONCURRENCY);
  }

  protected async look({ imageId }: ImageJob): Promise<Outcome> {
    const image = await this.requests.call(GetImageSpec, { imageId }).catch((error: unknown) => {
      if (error instanceof UserError && error.status === 404) return undefined;
      throw error;
    });
    if (image === undefined) {
      await this.runtime.removeImage(imageId);
      return done;
    }
    return this.report(image, await this.runtime.ensureImage(image));
  }

  private async report(
    { id: imageId }: ImageSpec,
    { state, percent, sizeBytes, reason }: ImageObservation,
  ): Promise<Outcome> {
    switch (state) {
      case 'ready':
        await this.events.publish(
          ImageImported,
          { imageId, sizeBytes },
          { id: `${imageId}.imported.${currentJobId()}` },
        );
        break;
      case 'failed': {
        const unknown = {
          code: 'image_failed',
          text: 'The import failed.',
          advice: 'Check the source and import again.',
        };
        await this.events.publish(
          ImageFailed,
          { imageId, reason: reason ?? unknown },
          { id: `${imageId}.failed.${currentJobId()}` },
        );
        break;
      }
      case 'absent':
      case 'importing':
        await this.progressed(imageId, percent === undefined ? undefined : Math.floor(percent));
        return retryIn(importingMs);
    }
    this.lastSaid.delete(imageId);
    return done;
  }

  private async progressed(imageId: string, percent: number | undefined) {
    if (this.lastSaid.has(imageId) && this.lastSaid.get(imageId) === percent) return;
    await this.events.publish(
      ImageProgressed,
      { imageId, percent },
      { id: `${imageId}.progressed.${percent ?? 'some'}.${currentJobId()}` },
    );
    this.lastSaid.set(imageId, percent);
  }
}
