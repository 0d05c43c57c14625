import { DeleteMember, ListMembers, PutMemberRequest, routes } from '@lab-orchestrator/contracts';
import { Controller } from '@nestjs/common';
import { ApiRoute } from '../http/api-route.decorator.js';
import type { CallOf } from '../http/call.js';
import { Services } from '../http/services.js';

@Controller()
export class MembersController {
  constructor(private readonly services: Services) {}

  @ApiRoute(routes.listMembers)
  list(call: CallOf<typeof routes.listMembers>) {
    return this.services.ask(ListMembers, call.params, call);
  }

  @ApiRoute(routes.putMember)
  put(call: CallOf<typeof routes.putMember>) {
    return this.services.ask(PutMemberRequest, { ...call.params, ...call.body }, call);
  }

  @ApiRoute(routes.deleteMember)
  delete(call: CallOf<typeof routes.deleteMember>) {
    return this.services.ask(DeleteMember, call.params, call);
  }
}
