import 'reflect-metadata';
import { CheckViewers, ReportActivity } from '@lab-orchestrator/contracts';
import { BaseConfig, HandleRequest, type RunningService, startService } from '@lab-orchestrator/platform';
import { Controller } from '@nestjs/common';

/** Answers for lab-service on the real broker: somebody works there, and nobody has lost a right. */
class SessionOwner {
  report() {
    return {};
  }
  check() {
    return { revoked: [] };
  }
}

class SessionOwnerModule {}

export function startSessionOwner(natsUrl: string): Promise<RunningService> {
  // Decorators by hand: Node.js runs this file as it is, and does not know their syntax.
  const { report, check } = SessionOwner.prototype;
  HandleRequest(ReportActivity)(SessionOwner.prototype, 'report', { value: report });
  HandleRequest(CheckViewers)(SessionOwner.prototype, 'check', { value: check });
  Controller()(SessionOwner);
  return startService({
    name: 'lab-service',
    config: BaseConfig.parse({ LAB_NATS_URL: natsUrl, LAB_LOG_LEVEL: 'warn' }),
    module: { module: SessionOwnerModule, controllers: [SessionOwner] },
  });
}
