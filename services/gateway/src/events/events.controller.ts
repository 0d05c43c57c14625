import { routes } from '@lab-orchestrator/contracts';
import { Controller } from '@nestjs/common';
import { ApiRoute } from '../http/api-route.decorator.js';
import type { CallOf } from '../http/call.js';
import { EventStreams } from './event-streams.js';

@Controller()
export class EventsController {
  constructor(private readonly streams: EventStreams) {}

  @ApiRoute(routes.events)
  events(call: CallOf<typeof routes.events>) {
    return this.streams.connect(call);
  }
}
