import { ListQuotas, PutQuotaRequest, type RequestOf } from '@lab-orchestrator/contracts';
import { HandleRequest, type RequestContext } from '@lab-orchestrator/platform';
import { Controller } from '@nestjs/common';
import { QuotasService } from './quotas.service.js';

@Controller()
export class QuotasController {
  constructor(private readonly quotas: QuotasService) {}

  @HandleRequest(ListQuotas) list(_request: RequestOf<typeof ListQuotas>, { caller }: RequestContext) {
    return this.quotas.list(caller);
  }

  @HandleRequest(PutQuotaRequest) put(request: RequestOf<typeof PutQuotaRequest>, { caller }: RequestContext) {
    return this.quotas.put(caller, request);
  }
}
