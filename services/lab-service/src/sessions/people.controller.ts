import {
  CheckViewers,
  DeleteMember,
  GetAudience,
  GetCredentials,
  GetSessionFacts,
  GetSessionValues,
  ListMembers,
  OpenConsoleRequest,
  PutMemberRequest,
  ReportActivity,
  type RequestOf,
} from '@lab-orchestrator/contracts';
import { HandleRequest, type RequestContext } from '@lab-orchestrator/platform';
import { Controller } from '@nestjs/common';
import { AudienceService } from './audience.service.js';
import { ConsolesService } from './consoles.service.js';
import { CredentialsService } from './credentials.service.js';
import { SessionFactsService } from './session-facts.service.js';
import { MembersService } from './members.service.js';

/** Who takes part in a session, and what they get to see. */
@Controller()
export class PeopleController {
  constructor(
    private readonly members: MembersService,
    private readonly credentials: CredentialsService,
    private readonly consoles: ConsolesService,
    private readonly audiences: AudienceService,
    private readonly facts: SessionFactsService,
  ) {}

  @HandleRequest(ListMembers) list({ sessionId }: RequestOf<typeof ListMembers>, { caller }: RequestContext) {
    return this.members.list(caller, sessionId);
  }

  @HandleRequest(PutMemberRequest) put(request: RequestOf<typeof PutMemberRequest>, { caller }: RequestContext) {
    return this.members.put(caller, request);
  }

  @HandleRequest(DeleteMember) delete(request: RequestOf<typeof DeleteMember>, { caller }: RequestContext) {
    return this.members.delete(caller, request);
  }

  @HandleRequest(GetCredentials) login(
    { sessionId, system }: RequestOf<typeof GetCredentials>,
    { caller }: RequestContext,
  ) {
    return this.credentials.read(caller, sessionId, system);
  }

  @HandleRequest(OpenConsoleRequest) openConsole(
    request: RequestOf<typeof OpenConsoleRequest>,
    { caller }: RequestContext,
  ) {
    return this.consoles.open(caller, request);
  }

  @HandleRequest(CheckViewers) checkViewers({ viewers }: RequestOf<typeof CheckViewers>) {
    return this.consoles.revoked(viewers);
  }

  @HandleRequest(GetAudience) audience(request: RequestOf<typeof GetAudience>) {
    return this.audiences.audience(request);
  }

  @HandleRequest(GetSessionFacts) sessionFacts(request: RequestOf<typeof GetSessionFacts>) {
    return this.facts.facts(request);
  }

  @HandleRequest(GetSessionValues) sessionValues(request: RequestOf<typeof GetSessionValues>) {
    return this.facts.values(request);
  }

  @HandleRequest(ReportActivity) active(request: RequestOf<typeof ReportActivity>) {
    return this.audiences.active(request);
  }
}
