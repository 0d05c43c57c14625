import {
  CreateImageRequest,
  type DataOf,
  DeleteImage,
  FindUnusedImages,
  GetImage,
  GetImageSpec,
  ImageFailed,
  ImageImported,
  ImageProgressed,
  ListImagesRequest,
  ListWantedImages,
  type RequestOf,
  RetryImage,
  UploadImage,
} from '@lab-orchestrator/contracts';
import { HandleEvent, HandleRequest, type ReceivedEvent, type RequestContext } from '@lab-orchestrator/platform';
import { Controller } from '@nestjs/common';
import { ImageReportsService } from './image-reports.service.js';
import { ImagesService } from './images.service.js';
import { UnusedImages } from './unused-images.js';

@Controller()
export class ImagesController {
  constructor(
    private readonly images: ImagesService,
    private readonly reports: ImageReportsService,
    private readonly unused: UnusedImages,
  ) {}

  @HandleRequest(ListImagesRequest) list(request: RequestOf<typeof ListImagesRequest>, { caller }: RequestContext) {
    return this.images.list(caller, request);
  }

  @HandleRequest(GetImage) get({ imageId }: RequestOf<typeof GetImage>, { caller }: RequestContext) {
    return this.images.get(caller, imageId);
  }

  @HandleRequest(CreateImageRequest) create(request: RequestOf<typeof CreateImageRequest>, { caller }: RequestContext) {
    return this.images.create(caller, request);
  }

  @HandleRequest(UploadImage) upload(request: RequestOf<typeof UploadImage>, { caller }: RequestContext) {
    return this.images.upload(caller, request);
  }

  @HandleRequest(RetryImage) retry({ imageId }: RequestOf<typeof RetryImage>, { caller }: RequestContext) {
    return this.images.retry(caller, imageId);
  }

  @HandleRequest(DeleteImage) delete({ imageId }: RequestOf<typeof DeleteImage>, { caller }: RequestContext) {
    return this.images.delete(caller, imageId);
  }

  @HandleRequest(GetImageSpec) spec(request: RequestOf<typeof GetImageSpec>) {
    return this.reports.spec(request);
  }

  @HandleRequest(ListWantedImages) wanted() {
    return this.reports.wanted();
  }

  @HandleRequest(FindUnusedImages) findUnused(request: RequestOf<typeof FindUnusedImages>) {
    return this.unused.find(request);
  }

  @HandleEvent(ImageProgressed) onProgressed(
    _data: DataOf<typeof ImageProgressed>,
    event: ReceivedEvent<typeof ImageProgressed>,
  ) {
    return this.reports.progressed(event);
  }

  @HandleEvent(ImageImported) onImported(
    _data: DataOf<typeof ImageImported>,
    event: ReceivedEvent<typeof ImageImported>,
  ) {
    return this.reports.imported(event);
  }

  @HandleEvent(ImageFailed) onFailed(_data: DataOf<typeof ImageFailed>, event: ReceivedEvent<typeof ImageFailed>) {
    return this.reports.failed(event);
  }
}
