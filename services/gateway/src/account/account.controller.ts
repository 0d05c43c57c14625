import {
  ChangePasswordRequest,
  CreateApiTokenRequest,
  DeleteApiToken,
  GetMe,
  ListApiTokens,
  UpdateMeRequest,
  routes,
} from '@lab-orchestrator/contracts';
import { Controller } from '@nestjs/common';
import { ApiRoute } from '../http/api-route.decorator.js';
import type { CallOf } from '../http/call.js';
import { Services } from '../http/services.js';

@Controller()
export class AccountController {
  constructor(private readonly services: Services) {}

  @ApiRoute(routes.me)
  me(call: CallOf<typeof routes.me>) {
    return this.services.ask(GetMe, {}, call);
  }

  @ApiRoute(routes.updateMe)
  update(call: CallOf<typeof routes.updateMe>) {
    return this.services.ask(UpdateMeRequest, call.body, call);
  }

  @ApiRoute(routes.changePassword)
  changePassword(call: CallOf<typeof routes.changePassword>) {
    return this.services.ask(ChangePasswordRequest, call.body, call);
  }

  @ApiRoute(routes.listTokens)
  listTokens(call: CallOf<typeof routes.listTokens>) {
    return this.services.ask(ListApiTokens, {}, call);
  }

  @ApiRoute(routes.createToken)
  createToken(call: CallOf<typeof routes.createToken>) {
    return this.services.ask(CreateApiTokenRequest, call.body, call);
  }

  @ApiRoute(routes.deleteToken)
  deleteToken(call: CallOf<typeof routes.deleteToken>) {
    return this.services.ask(DeleteApiToken, call.params, call);
  }
}
