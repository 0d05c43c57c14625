import {
  ForceRemoval,
  GetCapacity,
  ListAuditRequest,
  ListQuotas,
  ListStuckSessions,
  PutQuotaRequest,
  routes,
} from '@lab-orchestrator/contracts';
import { Controller } from '@nestjs/common';
import { ApiRoute } from '../http/api-route.decorator.js';
import type { CallOf } from '../http/call.js';
import { Services } from '../http/services.js';

@Controller()
export class OperationController {
  constructor(private readonly services: Services) {}

  @ApiRoute(routes.listAudit)
  audit(call: CallOf<typeof routes.listAudit>) {
    return this.services.ask(ListAuditRequest, call.query, call);
  }

  @ApiRoute(routes.listQuotas)
  quotas(call: CallOf<typeof routes.listQuotas>) {
    return this.services.ask(ListQuotas, {}, call);
  }

  @ApiRoute(routes.putQuota)
  putQuota(call: CallOf<typeof routes.putQuota>) {
    return this.services.ask(PutQuotaRequest, { ...call.params, ...call.body }, call);
  }

  @ApiRoute(routes.getCapacity)
  capacity(call: CallOf<typeof routes.getCapacity>) {
    return this.services.ask(GetCapacity, {}, call);
  }

  @ApiRoute(routes.listStuckSessions)
  stuckSessions(call: CallOf<typeof routes.listStuckSessions>) {
    return this.services.ask(ListStuckSessions, {}, call);
  }

  @ApiRoute(routes.forceRemoval)
  forceRemoval(call: CallOf<typeof routes.forceRemoval>) {
    return this.services.ask(ForceRemoval, call.params, call);
  }
}
