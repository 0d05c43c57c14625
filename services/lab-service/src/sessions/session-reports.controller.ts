import {
  type DataOf,
  FindClosedSessions,
  GetDesiredSession,
  LabEnded,
  LabFailed,
  LabPaused,
  LabProgressed,
  LabProvisioned,
  LabRemovalHeld,
  LabResumed,
  ListOpenSessionIds,
  type RequestOf,
} from '@lab-orchestrator/contracts';
import { HandleEvent, HandleRequest, type ReceivedEvent } from '@lab-orchestrator/platform';
import { Controller } from '@nestjs/common';
import { DesiredSessionsService } from './desired-sessions.service.js';
import { SessionReportsService } from './session-reports.service.js';

/** For the provisioner: what it asks and what it reports. */
@Controller()
export class SessionReportsController {
  constructor(
    private readonly desiredSessions: DesiredSessionsService,
    private readonly reports: SessionReportsService,
  ) {}

  @HandleRequest(GetDesiredSession) desired(request: RequestOf<typeof GetDesiredSession>) {
    return this.desiredSessions.desired(request);
  }

  @HandleRequest(ListOpenSessionIds) openIds(request: RequestOf<typeof ListOpenSessionIds>) {
    return this.desiredSessions.openIds(request);
  }

  @HandleRequest(FindClosedSessions) findClosed(request: RequestOf<typeof FindClosedSessions>) {
    return this.desiredSessions.findClosed(request);
  }

  @HandleEvent(LabProgressed) onProgressed(
    _data: DataOf<typeof LabProgressed>,
    event: ReceivedEvent<typeof LabProgressed>,
  ) {
    return this.reports.progressed(event);
  }

  @HandleEvent(LabProvisioned) onProvisioned(
    _data: DataOf<typeof LabProvisioned>,
    event: ReceivedEvent<typeof LabProvisioned>,
  ) {
    return this.reports.provisioned(event);
  }

  @HandleEvent(LabFailed) onFailed(_data: DataOf<typeof LabFailed>, event: ReceivedEvent<typeof LabFailed>) {
    return this.reports.failed(event);
  }

  @HandleEvent(LabPaused) onPaused(_data: DataOf<typeof LabPaused>, event: ReceivedEvent<typeof LabPaused>) {
    return this.reports.paused(event);
  }

  @HandleEvent(LabResumed) onResumed(_data: DataOf<typeof LabResumed>, event: ReceivedEvent<typeof LabResumed>) {
    return this.reports.resumed(event);
  }

  @HandleEvent(LabRemovalHeld) onRemovalHeld(
    _data: DataOf<typeof LabRemovalHeld>,
    event: ReceivedEvent<typeof LabRemovalHeld>,
  ) {
    return this.reports.removalHeld(event);
  }

  @HandleEvent(LabEnded) onEnded(_data: DataOf<typeof LabEnded>, event: ReceivedEvent<typeof LabEnded>) {
    return this.reports.ended(event);
  }
}
