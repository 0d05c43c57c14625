import {
  CreateUserRequest,
  DeleteUser,
  GetUser,
  ImportUsersRequest,
  InviteUser,
  ListUsersRequest,
  UpdateUserRequest,
  routes,
} from '@lab-orchestrator/contracts';
import { Controller } from '@nestjs/common';
import { ApiRoute } from '../http/api-route.decorator.js';
import type { CallOf } from '../http/call.js';
import { Services } from '../http/services.js';

@Controller()
export class PeopleController {
  constructor(private readonly services: Services) {}

  @ApiRoute(routes.listUsers)
  list(call: CallOf<typeof routes.listUsers>) {
    return this.services.ask(ListUsersRequest, call.query, call);
  }

  @ApiRoute(routes.createUser)
  create(call: CallOf<typeof routes.createUser>) {
    return this.services.ask(CreateUserRequest, call.body, call);
  }

  @ApiRoute(routes.importUsers)
  import(call: CallOf<typeof routes.importUsers>) {
    return this.services.ask(ImportUsersRequest, call.body, call);
  }

  @ApiRoute(routes.getUser)
  get(call: CallOf<typeof routes.getUser>) {
    return this.services.ask(GetUser, call.params, call);
  }

  @ApiRoute(routes.updateUser)
  update(call: CallOf<typeof routes.updateUser>) {
    return this.services.ask(UpdateUserRequest, { ...call.params, ...call.body }, call);
  }

  @ApiRoute(routes.inviteUser)
  invite(call: CallOf<typeof routes.inviteUser>) {
    return this.services.ask(InviteUser, call.params, call);
  }

  @ApiRoute(routes.deleteUser)
  delete(call: CallOf<typeof routes.deleteUser>) {
    return this.services.ask(DeleteUser, call.params, call);
  }
}
