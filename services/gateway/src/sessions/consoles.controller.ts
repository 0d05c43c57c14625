import { OpenConsoleRequest, routes } from '@lab-orchestrator/contracts';
import { CONFIG } from '@lab-orchestrator/platform';
import { Controller, Inject } from '@nestjs/common';
import type { GatewayConfig } from '../config.js';
import { ApiRoute } from '../http/api-route.decorator.js';
import type { CallOf } from '../http/call.js';
import { Services } from '../http/services.js';

@Controller()
export class ConsolesController {
  constructor(
    private readonly services: Services,
    @Inject(CONFIG) private readonly config: GatewayConfig,
  ) {}

  /** The ticket is bound to the page that asks; programs send no Origin and get one for our own pages. */
  @ApiRoute(routes.openConsole)
  open(call: CallOf<typeof routes.openConsole>) {
    const origin = call.request.headers.origin ?? this.config.LAB_PUBLIC_URL;
    return this.services.ask(OpenConsoleRequest, { ...call.params, ...call.body, origin }, call);
  }
}
