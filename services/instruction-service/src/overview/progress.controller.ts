import {
  ExportProgressRequest,
  GetSessionProgress,
  ListProgressRequest,
  type RequestOf,
} from '@lab-orchestrator/contracts';
import { HandleRequest, type RequestContext } from '@lab-orchestrator/platform';
import { Controller } from '@nestjs/common';
import { ClassService } from './class.service.js';
import { ProgressService } from './progress.service.js';

/** For those who look after others. */
@Controller()
export class ProgressController {
  constructor(
    private readonly progress: ProgressService,
    private readonly classes: ClassService,
  ) {}

  @HandleRequest(GetSessionProgress) ofSession(
    { sessionId }: RequestOf<typeof GetSessionProgress>,
    { caller }: RequestContext,
  ) {
    return this.progress.ofSession(caller, sessionId);
  }

  @HandleRequest(ListProgressRequest) list(request: RequestOf<typeof ListProgressRequest>, { caller }: RequestContext) {
    return this.classes.list(caller, request);
  }

  @HandleRequest(ExportProgressRequest) export(
    request: RequestOf<typeof ExportProgressRequest>,
    { caller }: RequestContext,
  ) {
    return this.classes.export(caller, request);
  }
}
