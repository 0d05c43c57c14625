import {
  CreateImageRequest,
  DeleteImage,
  GetImage,
  ListImagesRequest,
  RetryImage,
  routes,
} from '@lab-orchestrator/contracts';
import { Controller } from '@nestjs/common';
import { ApiRoute } from '../http/api-route.decorator.js';
import type { CallOf } from '../http/call.js';
import { Services } from '../http/services.js';
import { Uploads } from '../uploads/uploads.js';

@Controller()
export class ImagesController {
  constructor(
    private readonly services: Services,
    private readonly uploads: Uploads,
  ) {}

  @ApiRoute(routes.listImages)
  list(call: CallOf<typeof routes.listImages>) {
    return this.services.ask(ListImagesRequest, call.query, call);
  }

  @ApiRoute(routes.getImage)
  get(call: CallOf<typeof routes.getImage>) {
    return this.services.ask(GetImage, call.params, call);
  }

  @ApiRoute(routes.createImage)
  create(call: CallOf<typeof routes.createImage>) {
    return this.services.ask(CreateImageRequest, call.body, call);
  }

  @ApiRoute(routes.uploadImage)
  upload(call: CallOf<typeof routes.uploadImage>) {
    return this.uploads.image(call);
  }

  @ApiRoute(routes.retryImage)
  retry(call: CallOf<typeof routes.retryImage>) {
    return this.services.ask(RetryImage, call.params, call);
  }

  @ApiRoute(routes.deleteImage)
  delete(call: CallOf<typeof routes.deleteImage>) {
    return this.services.ask(DeleteImage, call.params, call);
  }
}
