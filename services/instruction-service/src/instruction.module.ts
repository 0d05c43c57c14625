import { Module } from '@nestjs/common';
import { CheckRunner } from './checks/check-runner.js';
import { CheckResults } from './checks/check-results.js';
import { ChecksService } from './checks/checks.service.js';
import { Clock } from './clock.js';
import { InstructionsController } from './instructions.controller.js';
import { LabCompiler } from './labs/lab-compiler.js';
import { LabEventsController } from './labs/lab-events.controller.js';
import { LabFolderReader } from './labs/lab-folder.reader.js';
import { LabInstructionsStore } from './labs/lab-instructions.store.js';
import { PageThreads } from './labs/page-threads.js';
import { ClassProgress } from './overview/class-progress.js';
import { ClassService } from './overview/class.service.js';
import { ProgressController } from './overview/progress.controller.js';
import { ProgressService } from './overview/progress.service.js';
import { AnswersService } from './pages/answers.service.js';
import { PagesService } from './pages/pages.service.js';
import { ProgressChanges } from './progress/progress-changes.js';
import { ProgressStore } from './progress/progress.store.js';
import { KnownSessions } from './sessions/known-sessions.js';
import { SessionAccess } from './sessions/session-access.js';
import { SessionEventsController } from './sessions/session-events.controller.js';
import { SessionEventsService } from './sessions/session-events.service.js';
import { SessionValues } from './sessions/session-values.js';
import { HintsService } from './steps/hints.service.js';
import { QuizzesService } from './steps/quizzes.service.js';
import { StepViews } from './steps/step-views.js';
import { TicksService } from './steps/ticks.service.js';

const labs = [LabFolderReader, PageThreads, LabCompiler, LabInstructionsStore];
const sessions = [KnownSessions, SessionAccess, SessionEventsService, SessionValues];
const progress = [ProgressStore, ProgressChanges, ProgressService, ClassProgress, ClassService];
const steps = [StepViews, TicksService, HintsService, QuizzesService, CheckRunner, CheckResults, ChecksService];

@Module({
  controllers: [InstructionsController, ProgressController, LabEventsController, SessionEventsController],
  providers: [Clock, ...labs, ...sessions, ...progress, ...steps, PagesService, AnswersService],
})
export class InstructionModule {}
