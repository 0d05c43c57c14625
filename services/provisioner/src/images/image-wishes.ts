import { GetImageSpec } from '@lab-orchestrator/contracts';
import { RequestClient, UserError } from '@lab-orchestrator/platform';
import { Inject, Injectable } from '@nestjs/common';
import { WakeQueue } from '../queues/wake.queue.js';
import { LAB_RUNTIME, type LabRuntime } from '../runtime.provider.js';

/** What people want of images. */
@Injectable()
export class ImageWishes {
  constructor(
    @Inject(LAB_RUNTIME) private readonly runtime: LabRuntime,
    private readonly requests: RequestClient,
    private readonly wake: WakeQueue,
  ) {}

  /**
   * Somebody wants an image, perhaps once more. A runtime remembers a failure and lets it rest, so that nobody fetches
   * a broken image all day; who asks has mended the cause, and does not wait. Once more than asked is harmless: only
   * what failed is forgotten.
   */
  async requested(imageId: string): Promise<void> {
    const image = await this.requests.call(GetImageSpec, { imageId }).catch((error: unknown) => {
      if (error instanceof UserError && error.status === 404) return undefined;
      throw error;
    });
    if (image !== undefined && (await this.runtime.ensureImage(image)).state === 'failed')
      await this.runtime.removeImage(imageId);
    await this.wake.image(imageId);
  }
}
