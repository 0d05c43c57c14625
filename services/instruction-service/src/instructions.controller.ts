import {
  AnswerQuizRequest,
  GetInstructionPage,
  GetInstructionsRequest,
  PutAnswerRequest,
  ReopenStepRequest,
  type RequestOf,
  RunCheckRequest,
  TakeHintRequest,
  TickStepRequest,
} from '@lab-orchestrator/contracts';
import { HandleRequest, type RequestContext } from '@lab-orchestrator/platform';
import { Controller } from '@nestjs/common';
import { ChecksService } from './checks/checks.service.js';
import { AnswersService } from './pages/answers.service.js';
import { PagesService } from './pages/pages.service.js';
import { HintsService } from './steps/hints.service.js';
import { QuizzesService } from './steps/quizzes.service.js';
import { TicksService } from './steps/ticks.service.js';

/** For the people of a session. */
@Controller()
export class InstructionsController {
  constructor(
    private readonly pages: PagesService,
    private readonly ticks: TicksService,
    private readonly checks: ChecksService,
    private readonly quizzes: QuizzesService,
    private readonly hints: HintsService,
    private readonly answers: AnswersService,
  ) {}

  @HandleRequest(GetInstructionsRequest) overview(
    request: RequestOf<typeof GetInstructionsRequest>,
    { caller }: RequestContext,
  ) {
    return this.pages.overview(caller, request);
  }

  @HandleRequest(GetInstructionPage) page(request: RequestOf<typeof GetInstructionPage>, { caller }: RequestContext) {
    return this.pages.page(caller, request);
  }

  @HandleRequest(TickStepRequest) tick(request: RequestOf<typeof TickStepRequest>, { caller }: RequestContext) {
    return this.ticks.tick(caller, request);
  }

  @HandleRequest(RunCheckRequest) check(request: RequestOf<typeof RunCheckRequest>, { caller }: RequestContext) {
    return this.checks.run(caller, request);
  }

  @HandleRequest(AnswerQuizRequest) answer(request: RequestOf<typeof AnswerQuizRequest>, { caller }: RequestContext) {
    return this.quizzes.answer(caller, request);
  }

  @HandleRequest(TakeHintRequest) hint(request: RequestOf<typeof TakeHintRequest>, { caller }: RequestContext) {
    return this.hints.take(caller, request);
  }

  @HandleRequest(ReopenStepRequest) reopen(request: RequestOf<typeof ReopenStepRequest>, { caller }: RequestContext) {
    return this.ticks.reopen(caller, request);
  }

  @HandleRequest(PutAnswerRequest) put(request: RequestOf<typeof PutAnswerRequest>, { caller }: RequestContext) {
    return this.answers.put(caller, request);
  }
}
