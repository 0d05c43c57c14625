import {
  CreateApiTokenRequest,
  DeleteApiToken,
  ListApiTokens,
  type RequestOf,
  VerifyApiToken,
} from '@lab-orchestrator/contracts';
import { HandleRequest, type RequestContext } from '@lab-orchestrator/platform';
import { Controller } from '@nestjs/common';
import { callerOf } from '../permissions/permissions.js';
import { ApiTokensService } from './api-tokens.service.js';

@Controller()
export class ApiTokensController {
  constructor(private readonly tokens: ApiTokensService) {}

  @HandleRequest(ListApiTokens)
  list(_: RequestOf<typeof ListApiTokens>, context: RequestContext) {
    return this.tokens.list(callerOf(context, 'read'));
  }

  @HandleRequest(CreateApiTokenRequest)
  create(request: RequestOf<typeof CreateApiTokenRequest>, context: RequestContext) {
    return this.tokens.create(callerOf(context, 'admin'), request);
  }

  @HandleRequest(DeleteApiToken)
  delete({ tokenId }: RequestOf<typeof DeleteApiToken>, context: RequestContext) {
    return this.tokens.delete(callerOf(context, 'admin'), tokenId);
  }

  @HandleRequest(VerifyApiToken)
  verify({ token }: RequestOf<typeof VerifyApiToken>) {
    return this.tokens.verify(token);
  }
}
