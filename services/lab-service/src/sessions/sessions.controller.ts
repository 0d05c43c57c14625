import {
  EndSession,
  ExtendSession,
  GetSession,
  GetSessionLog,
  ListSessionsRequest,
  PauseSession,
  type RequestOf,
  RestartSystem,
  ResumeSession,
  RetrySession,
  StartSessionRequest,
} from '@lab-orchestrator/contracts';
import { HandleRequest, type RequestContext } from '@lab-orchestrator/platform';
import { Controller } from '@nestjs/common';
import { SessionsService } from './sessions.service.js';
import { StartSessionService } from './start-session.service.js';
import { RestartSystemService } from './wishes/restart-system.service.js';
import { WishesService } from './wishes/wishes.service.js';

/** For the people of a session. */
@Controller()
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly starts: StartSessionService,
    private readonly wishes: WishesService,
    private readonly restarts: RestartSystemService,
  ) {}

  @HandleRequest(StartSessionRequest) async start(
    request: RequestOf<typeof StartSessionRequest>,
    { caller }: RequestContext,
  ) {
    return this.sessions.get(caller, await this.starts.start(caller, request));
  }

  @HandleRequest(ListSessionsRequest) list(request: RequestOf<typeof ListSessionsRequest>, { caller }: RequestContext) {
    return this.sessions.list(caller, request);
  }

  @HandleRequest(GetSession) get({ sessionId }: RequestOf<typeof GetSession>, { caller }: RequestContext) {
    return this.sessions.get(caller, sessionId);
  }

  @HandleRequest(GetSessionLog) log({ sessionId }: RequestOf<typeof GetSessionLog>, { caller }: RequestContext) {
    return this.sessions.log(caller, sessionId);
  }

  @HandleRequest(PauseSession) pause({ sessionId }: RequestOf<typeof PauseSession>, { caller }: RequestContext) {
    return this.wishes.pause(caller, sessionId);
  }

  @HandleRequest(ResumeSession) resume({ sessionId }: RequestOf<typeof ResumeSession>, { caller }: RequestContext) {
    return this.wishes.resume(caller, sessionId);
  }

  @HandleRequest(ExtendSession) extend({ sessionId }: RequestOf<typeof ExtendSession>, { caller }: RequestContext) {
    return this.wishes.extend(caller, sessionId);
  }

  @HandleRequest(EndSession) end({ sessionId }: RequestOf<typeof EndSession>, { caller }: RequestContext) {
    return this.wishes.end(caller, sessionId);
  }

  @HandleRequest(RetrySession) retry({ sessionId }: RequestOf<typeof RetrySession>, { caller }: RequestContext) {
    return this.wishes.retry(caller, sessionId);
  }

  @HandleRequest(RestartSystem) restart(
    { sessionId, system }: RequestOf<typeof RestartSystem>,
    { caller }: RequestContext,
  ) {
    return this.restarts.restart(caller, sessionId, system);
  }
}
