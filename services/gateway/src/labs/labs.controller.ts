import {
  DeleteLab,
  GetLab,
  ListLabsRequest,
  ListLabVersions,
  UpdateLabRequest,
  routes,
} from '@lab-orchestrator/contracts';
import { Controller } from '@nestjs/common';
import { ApiRoute } from '../http/api-route.decorator.js';
import type { CallOf } from '../http/call.js';
import { Services } from '../http/services.js';
import { ifMatch } from '../revision/if-match.js';
import { Uploads } from '../uploads/uploads.js';
import { LabArchives } from './lab-archives.js';
import { LabFiles } from './lab-files.js';

@Controller()
export class LabsController {
  constructor(
    private readonly services: Services,
    private readonly uploads: Uploads,
    private readonly files: LabFiles,
    private readonly archives: LabArchives,
  ) {}

  @ApiRoute(routes.listLabs)
  list(call: CallOf<typeof routes.listLabs>) {
    return this.services.ask(ListLabsRequest, call.query, call);
  }

  @ApiRoute(routes.getLab)
  get(call: CallOf<typeof routes.getLab>) {
    return this.services.ask(GetLab, call.params, call);
  }

  @ApiRoute(routes.listLabVersions)
  versions(call: CallOf<typeof routes.listLabVersions>) {
    return this.services.ask(ListLabVersions, call.params, call);
  }

  @ApiRoute(routes.importLab)
  import(call: CallOf<typeof routes.importLab>) {
    return this.uploads.importLab(call);
  }

  @ApiRoute(routes.validateLab)
  validate(call: CallOf<typeof routes.validateLab>) {
    return this.uploads.validateLab(call);
  }

  @ApiRoute(routes.updateLab)
  update(call: CallOf<typeof routes.updateLab>) {
    return this.services.ask(UpdateLabRequest, { ...call.params, ...call.body, revision: ifMatch(call) }, call);
  }

  @ApiRoute(routes.deleteLab)
  delete(call: CallOf<typeof routes.deleteLab>) {
    return this.services.ask(DeleteLab, call.params, call);
  }

  @ApiRoute(routes.getLabFile)
  file(call: CallOf<typeof routes.getLabFile>) {
    return this.files.send(call);
  }

  @ApiRoute(routes.getLabArchive)
  archive(call: CallOf<typeof routes.getLabArchive>) {
    return this.archives.send(call);
  }
}
