import {
  CreateUserRequest,
  DeleteUser,
  FindUserNames,
  GetUser,
  ImportUsersRequest,
  InviteUser,
  ListUsersRequest,
  type RequestOf,
  UpdateUserRequest,
} from '@lab-orchestrator/contracts';
import { HandleRequest, type RequestContext } from '@lab-orchestrator/platform';
import { Controller } from '@nestjs/common';
import { adminOf } from '../permissions/permissions.js';
import { UserImportService } from './user-import.service.js';
import { UsersService } from './users.service.js';

@Controller()
export class UsersController {
  constructor(
    private readonly users: UsersService,
    private readonly imports: UserImportService,
  ) {}

  @HandleRequest(ListUsersRequest)
  list(query: RequestOf<typeof ListUsersRequest>, context: RequestContext) {
    adminOf(context);
    return this.users.list(query);
  }

  @HandleRequest(GetUser)
  get({ userId }: RequestOf<typeof GetUser>, context: RequestContext) {
    adminOf(context);
    return this.users.get(userId);
  }

  @HandleRequest(CreateUserRequest)
  create(request: RequestOf<typeof CreateUserRequest>, context: RequestContext) {
    adminOf(context);
    return this.users.create(request);
  }

  @HandleRequest(UpdateUserRequest)
  update(request: RequestOf<typeof UpdateUserRequest>, context: RequestContext) {
    adminOf(context);
    return this.users.update(request);
  }

  @HandleRequest(InviteUser)
  invite({ userId }: RequestOf<typeof InviteUser>, context: RequestContext) {
    adminOf(context);
    return this.users.invite(userId);
  }

  @HandleRequest(DeleteUser)
  delete({ userId }: RequestOf<typeof DeleteUser>, context: RequestContext) {
    adminOf(context);
    return this.users.delete(userId);
  }

  @HandleRequest(ImportUsersRequest)
  import(request: RequestOf<typeof ImportUsersRequest>, context: RequestContext) {
    adminOf(context);
    return this.imports.import(request);
  }

  /** Names are for everybody who knows the id or the exact username, and for services. */
  @HandleRequest(FindUserNames)
  names(request: RequestOf<typeof FindUserNames>) {
    return this.users.names(request);
  }
}
