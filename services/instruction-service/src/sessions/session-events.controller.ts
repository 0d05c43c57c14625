import { type DataOf, LabChanged, LabEnded, LabMembersChanged, LabRequested } from '@lab-orchestrator/contracts';
import { HandleEvent, type ReceivedEvent } from '@lab-orchestrator/platform';
import { Controller } from '@nestjs/common';
import { SessionEventsService } from './session-events.service.js';

@Controller()
export class SessionEventsController {
  constructor(private readonly sessions: SessionEventsService) {}

  @HandleEvent(LabRequested) onRequested(
    _data: DataOf<typeof LabRequested>,
    event: ReceivedEvent<typeof LabRequested>,
  ) {
    return this.sessions.requested(event);
  }

  @HandleEvent(LabChanged) onChanged(_data: DataOf<typeof LabChanged>, event: ReceivedEvent<typeof LabChanged>) {
    return this.sessions.changed(event);
  }

  @HandleEvent(LabMembersChanged) onMembersChanged(
    _data: DataOf<typeof LabMembersChanged>,
    event: ReceivedEvent<typeof LabMembersChanged>,
  ) {
    return this.sessions.membersChanged(event);
  }

  @HandleEvent(LabEnded) onEnded(_data: DataOf<typeof LabEnded>, event: ReceivedEvent<typeof LabEnded>) {
    return this.sessions.ended(event);
  }
}
