import { GetSessionProgress, ListProgressRequest, routes } from '@lab-orchestrator/contracts';
import { Controller } from '@nestjs/common';
import { ApiRoute } from '../http/api-route.decorator.js';
import type { CallOf } from '../http/call.js';
import { Services } from '../http/services.js';
import { ProgressTable } from './progress-table.js';

@Controller()
export class ProgressController {
  constructor(
    private readonly services: Services,
    private readonly table: ProgressTable,
  ) {}

  @ApiRoute(routes.getSessionProgress)
  ofSession(call: CallOf<typeof routes.getSessionProgress>) {
    return this.services.ask(GetSessionProgress, call.params, call);
  }

  @ApiRoute(routes.listProgress)
  list(call: CallOf<typeof routes.listProgress>) {
    return this.services.ask(ListProgressRequest, call.query, call);
  }

  @ApiRoute(routes.exportProgress)
  export(call: CallOf<typeof routes.exportProgress>) {
    return this.table.send(call);
  }
}
