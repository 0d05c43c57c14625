import { FindUserNames, routes } from '@lab-orchestrator/contracts';
import { UserError } from '@lab-orchestrator/platform';
import { Controller } from '@nestjs/common';
import { ApiRoute } from '../http/api-route.decorator.js';
import type { CallOf } from '../http/call.js';
import { Services } from '../http/services.js';

@Controller()
export class LookupController {
  constructor(private readonly services: Services) {}

  /** Exact names only: nobody can list people this way. */
  @ApiRoute(routes.findUser)
  async find(call: CallOf<typeof routes.findUser>) {
    const { users } = await this.services.ask(FindUserNames, call.query, call);
    return users[0] ?? notFound();
  }
}

function notFound(): never {
  throw new UserError('user_not_found', { status: 404, detail: 'Nobody has this name.' });
}
