import { type DataOf, ImageRemoved, ImageRequested } from '@lab-orchestrator/contracts';
import { HandleEvent } from '@lab-orchestrator/platform';
import { Controller } from '@nestjs/common';
import { WakeQueue } from '../queues/wake.queue.js';
import { ImageWishes } from './image-wishes.js';

/** Hints from the owner of the image list. */
@Controller()
export class ImageEventsController {
  constructor(
    private readonly wishes: ImageWishes,
    private readonly wake: WakeQueue,
  ) {}

  @HandleEvent(ImageRequested)
  onRequested({ imageId }: DataOf<typeof ImageRequested>) {
    return this.wishes.requested(imageId);
  }

  @HandleEvent(ImageRemoved)
  onRemoved({ imageId }: DataOf<typeof ImageRemoved>) {
    return this.wake.image(imageId);
  }
}
