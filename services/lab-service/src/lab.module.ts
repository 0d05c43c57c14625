import { Module } from '@nestjs/common';
import { AdmissionService } from './admission/admission.service.js';
import { QueueEstimates } from './admission/queue-estimates.js';
import { QuotasController } from './admission/quotas.controller.js';
import { QuotasService } from './admission/quotas.service.js';
import { RuntimeCapacity } from './admission/runtime-capacity.js';
import { Clock } from './clock.js';
import { BuiltinImages } from './images/builtin-images.js';
import { ImageCatalog } from './images/image-catalog.js';
import { ImageReportsService } from './images/image-reports.service.js';
import { ImageUses } from './images/image-uses.js';
import { ImagesController } from './images/images.controller.js';
import { ImagesService } from './images/images.service.js';
import { UnusedImages } from './images/unused-images.js';
import { FolderChecker } from './labs/check/folder-checker.js';
import { LabCheckService } from './labs/check/lab-check.service.js';
import { GitSource } from './labs/git/git-source.js';
import { GitTransport } from './labs/git/git-transport.js';
import { LabArchiveService } from './labs/lab-archive.service.js';
import { LabFilesService } from './labs/lab-files.service.js';
import { LabFolderService } from './labs/lab-folder.service.js';
import { LabImportService } from './labs/lab-import.service.js';
import { LabSource } from './labs/lab-source.js';
import { LabVersions } from './labs/lab-versions.js';
import { LabsController } from './labs/labs.controller.js';
import { LabsService } from './labs/labs.service.js';
import { PageFiles } from './labs/page-files.js';
import { AudienceService } from './sessions/audience.service.js';
import { ConsolesService } from './sessions/consoles.service.js';
import { CredentialsService } from './sessions/credentials.service.js';
import { DesiredSessionsService } from './sessions/desired-sessions.service.js';
import { MembersService } from './sessions/members.service.js';
import { NewSession } from './sessions/new-session.js';
import { PeopleController } from './sessions/people.controller.js';
import { SessionFactsService } from './sessions/session-facts.service.js';
import { SessionAccess } from './sessions/session-access.js';
import { SessionLog } from './sessions/session-log.js';
import { SessionMoves } from './sessions/session-moves.js';
import { SessionReportsController } from './sessions/session-reports.controller.js';
import { SessionReportsService } from './sessions/session-reports.service.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { SessionsService } from './sessions/sessions.service.js';
import { StartSessionService } from './sessions/start-session.service.js';
import { SessionTimers } from './sessions/timers/session-timers.js';
import { TimerLoop } from './sessions/timers/timer-loop.js';
import { UsualStarts } from './sessions/usual-starts.js';
import { VariablesCipher } from './sessions/variables-cipher.js';
import { RestartSystemService } from './sessions/wishes/restart-system.service.js';
import { WishesService } from './sessions/wishes/wishes.service.js';

const labs = [
  LabsService,
  LabVersions,
  LabImportService,
  LabCheckService,
  FolderChecker,
  LabSource,
  LabFilesService,
  PageFiles,
  LabArchiveService,
  LabFolderService,
  GitSource,
  GitTransport,
];
const images = [ImagesService, ImageCatalog, ImageUses, ImageReportsService, UnusedImages, BuiltinImages];
const admission = [AdmissionService, QuotasService, RuntimeCapacity, QueueEstimates];
const sessions = [
  SessionsService,
  StartSessionService,
  NewSession,
  WishesService,
  RestartSystemService,
  SessionReportsService,
  DesiredSessionsService,
  SessionAccess,
  SessionMoves,
  SessionLog,
  MembersService,
  CredentialsService,
  ConsolesService,
  AudienceService,
  SessionFactsService,
  UsualStarts,
  VariablesCipher,
  SessionTimers,
  TimerLoop,
];

@Module({
  controllers: [
    LabsController,
    ImagesController,
    QuotasController,
    SessionsController,
    SessionReportsController,
    PeopleController,
  ],
  providers: [Clock, ...labs, ...images, ...admission, ...sessions],
})
export class LabModule {}
