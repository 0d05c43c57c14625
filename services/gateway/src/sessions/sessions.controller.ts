import {
  EndSession,
  ExtendSession,
  GetCredentials,
  GetSession,
  GetSessionLog,
  ListSessionsRequest,
  PauseSession,
  RestartSystem,
  ResumeSession,
  RetrySession,
  StartSessionRequest,
  routes,
} from '@lab-orchestrator/contracts';
import { Controller } from '@nestjs/common';
import { ApiRoute } from '../http/api-route.decorator.js';
import type { CallOf } from '../http/call.js';
import { Services } from '../http/services.js';

@Controller()
export class SessionsController {
  constructor(private readonly services: Services) {}

  @ApiRoute(routes.startSession)
  start(call: CallOf<typeof routes.startSession>) {
    return this.services.ask(StartSessionRequest, call.body, call);
  }

  @ApiRoute(routes.listSessions)
  list(call: CallOf<typeof routes.listSessions>) {
    return this.services.ask(ListSessionsRequest, call.query, call);
  }

  @ApiRoute(routes.getSession)
  get(call: CallOf<typeof routes.getSession>) {
    return this.services.ask(GetSession, call.params, call);
  }

  @ApiRoute(routes.pauseSession)
  pause(call: CallOf<typeof routes.pauseSession>) {
    return this.services.ask(PauseSession, call.params, call);
  }

  @ApiRoute(routes.resumeSession)
  resume(call: CallOf<typeof routes.resumeSession>) {
    return this.services.ask(ResumeSession, call.params, call);
  }

  @ApiRoute(routes.extendSession)
  extend(call: CallOf<typeof routes.extendSession>) {
    return this.services.ask(ExtendSession, call.params, call);
  }

  @ApiRoute(routes.endSession)
  end(call: CallOf<typeof routes.endSession>) {
    return this.services.ask(EndSession, call.params, call);
  }

  @ApiRoute(routes.retrySession)
  retry(call: CallOf<typeof routes.retrySession>) {
    return this.services.ask(RetrySession, call.params, call);
  }

  @ApiRoute(routes.restartSystem)
  restartSystem(call: CallOf<typeof routes.restartSystem>) {
    return this.services.ask(RestartSystem, call.params, call);
  }

  @ApiRoute(routes.getCredentials)
  credentials(call: CallOf<typeof routes.getCredentials>) {
    return this.services.ask(GetCredentials, call.params, call);
  }

  @ApiRoute(routes.getSessionLog)
  log(call: CallOf<typeof routes.getSessionLog>) {
    return this.services.ask(GetSessionLog, call.params, call);
  }
}
