import {
  AcceptInvitationRequest,
  ChangePasswordRequest,
  GetMe,
  type RequestOf,
  UpdateMeRequest,
} from '@lab-orchestrator/contracts';
import { HandleRequest, type RequestContext } from '@lab-orchestrator/platform';
import { Controller } from '@nestjs/common';
import { InvitationsService } from '../invitations/invitations.service.js';
import { callerOf } from '../permissions/permissions.js';
import { AccountService } from './account.service.js';

@Controller()
export class AccountController {
  constructor(
    private readonly account: AccountService,
    private readonly invitations: InvitationsService,
  ) {}

  @HandleRequest(GetMe)
  me(_: RequestOf<typeof GetMe>, context: RequestContext) {
    return this.account.me(callerOf(context, 'read'));
  }

  @HandleRequest(UpdateMeRequest)
  update(change: RequestOf<typeof UpdateMeRequest>, context: RequestContext) {
    return this.account.update(callerOf(context, 'admin'), change);
  }

  @HandleRequest(ChangePasswordRequest)
  changePassword(request: RequestOf<typeof ChangePasswordRequest>, context: RequestContext) {
    return this.account.changePassword(callerOf(context, 'admin'), request);
  }

  @HandleRequest(AcceptInvitationRequest)
  acceptInvitation({ token, password }: RequestOf<typeof AcceptInvitationRequest>) {
    return this.invitations.accept(token, password);
  }
}
