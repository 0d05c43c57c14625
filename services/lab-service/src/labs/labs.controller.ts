import {
  DeleteLab,
  GetLab,
  GetLabArchive,
  GetLabFile,
  GetLabFolder,
  ImportLab,
  ListLabsRequest,
  ListLabVersions,
  type RequestOf,
  UpdateLabRequest,
  ValidateLab,
} from '@lab-orchestrator/contracts';
import { HandleRequest, type RequestContext } from '@lab-orchestrator/platform';
import { Controller } from '@nestjs/common';
import { LabArchiveService } from './lab-archive.service.js';
import { LabFilesService } from './lab-files.service.js';
import { LabFolderService } from './lab-folder.service.js';
import { LabImportService } from './lab-import.service.js';
import { LabsService } from './labs.service.js';

@Controller()
export class LabsController {
  constructor(
    private readonly labs: LabsService,
    private readonly imports: LabImportService,
    private readonly files: LabFilesService,
    private readonly archives: LabArchiveService,
    private readonly folders: LabFolderService,
  ) {}

  @HandleRequest(ListLabsRequest) list(request: RequestOf<typeof ListLabsRequest>, { caller }: RequestContext) {
    return this.labs.list(caller, request);
  }

  @HandleRequest(GetLab) get({ labId }: RequestOf<typeof GetLab>, { caller }: RequestContext) {
    return this.labs.get(caller, labId);
  }

  @HandleRequest(ListLabVersions) versions({ labId }: RequestOf<typeof ListLabVersions>, { caller }: RequestContext) {
    return this.labs.listVersions(caller, labId);
  }

  @HandleRequest(ImportLab) import(request: RequestOf<typeof ImportLab>, { caller }: RequestContext) {
    return this.imports.import(caller, request);
  }

  @HandleRequest(ValidateLab) validate(request: RequestOf<typeof ValidateLab>, { caller }: RequestContext) {
    return this.imports.validate(caller, request);
  }

  @HandleRequest(UpdateLabRequest) update(request: RequestOf<typeof UpdateLabRequest>, { caller }: RequestContext) {
    return this.labs.update(caller, request);
  }

  @HandleRequest(DeleteLab) delete({ labId }: RequestOf<typeof DeleteLab>, { caller }: RequestContext) {
    return this.labs.delete(caller, labId);
  }

  @HandleRequest(GetLabFile) file(request: RequestOf<typeof GetLabFile>, { caller }: RequestContext) {
    return this.files.get(caller, request);
  }

  @HandleRequest(GetLabArchive) archive(request: RequestOf<typeof GetLabArchive>, { caller }: RequestContext) {
    return this.archives.pack(caller, request);
  }

  @HandleRequest(GetLabFolder) folder(request: RequestOf<typeof GetLabFolder>) {
    return this.folders.read(request);
  }
}
