import {
  AnswerQuizRequest,
  commandLimits,
  GetInstructionPage,
  GetInstructionsRequest,
  PutAnswerRequest,
  ReopenStepRequest,
  routes,
  RunCheckRequest,
  TakeHintRequest,
  TickStepRequest,
} from '@lab-orchestrator/contracts';
import { Controller } from '@nestjs/common';
import { ApiRoute } from '../http/api-route.decorator.js';
import type { CallOf } from '../http/call.js';
import { Services } from '../http/services.js';

/** A check runs inside a system, after those before it. */
const checkDeadline = { deadlineMs: commandLimits.timeoutMs + 30_000 };

@Controller()
export class InstructionsController {
  constructor(private readonly services: Services) {}

  @ApiRoute(routes.getInstructions)
  overview(call: CallOf<typeof routes.getInstructions>) {
    return this.services.ask(GetInstructionsRequest, { ...call.params, ...call.query }, call);
  }

  @ApiRoute(routes.getInstructionPage)
  page(call: CallOf<typeof routes.getInstructionPage>) {
    return this.services.ask(GetInstructionPage, { ...call.params, ...call.query }, call);
  }

  @ApiRoute(routes.tickStep)
  tick(call: CallOf<typeof routes.tickStep>) {
    return this.services.ask(TickStepRequest, { ...call.params, ...call.body }, call);
  }

  @ApiRoute(routes.runCheck)
  check(call: CallOf<typeof routes.runCheck>) {
    return this.services.ask(RunCheckRequest, { ...call.params, ...call.body }, call, checkDeadline);
  }

  @ApiRoute(routes.answerQuiz)
  answer(call: CallOf<typeof routes.answerQuiz>) {
    return this.services.ask(AnswerQuizRequest, { ...call.params, ...call.body }, call);
  }

  @ApiRoute(routes.takeHint)
  hint(call: CallOf<typeof routes.takeHint>) {
    return this.services.ask(TakeHintRequest, { ...call.params, ...call.body }, call);
  }

  @ApiRoute(routes.reopenStep)
  reopen(call: CallOf<typeof routes.reopenStep>) {
    return this.services.ask(ReopenStepRequest, { ...call.params, ...call.body }, call);
  }

  @ApiRoute(routes.putAnswer)
  put(call: CallOf<typeof routes.putAnswer>) {
    return this.services.ask(PutAnswerRequest, { ...call.params, ...call.body }, call);
  }
}
