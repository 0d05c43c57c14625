import { ListAuditRequest, RecordAudit, type RequestOf } from '@lab-orchestrator/contracts';
import { HandleRequest, type RequestContext } from '@lab-orchestrator/platform';
import { Controller } from '@nestjs/common';
import { adminOf } from '../permissions/permissions.js';
import { AuditService } from './audit.service.js';

@Controller()
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @HandleRequest(ListAuditRequest)
  list(query: RequestOf<typeof ListAuditRequest>, context: RequestContext) {
    adminOf(context);
    return this.audit.list(query);
  }

  @HandleRequest(RecordAudit)
  record(entry: RequestOf<typeof RecordAudit>) {
    return this.audit.record(entry);
  }
}
