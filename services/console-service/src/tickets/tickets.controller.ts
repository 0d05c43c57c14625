import { IssueTicket, type RequestOf } from '@lab-orchestrator/contracts';
import { HandleRequest } from '@lab-orchestrator/platform';
import { Controller } from '@nestjs/common';
import { TicketsService } from './tickets.service.js';

@Controller()
export class TicketsController {
  constructor(private readonly tickets: TicketsService) {}

  @HandleRequest(IssueTicket)
  issue(request: RequestOf<typeof IssueTicket>) {
    return this.tickets.issue(request);
  }
}
