import type { ServiceDefinition } from '@lab-orchestrator/platform';
import { QuotaEntity } from './admission/quota.entity.js';
import type { LabConfig } from './config.js';
import { migrations } from './database/migrations.js';
import { ImageEntity } from './images/image.entity.js';
import { LabModule } from './lab.module.js';
import { LabEntity } from './labs/lab.entity.js';
import { LabVersionEntity } from './labs/lab-version.entity.js';
import { SessionLogEntity } from './sessions/session-log.entity.js';
import { SessionMemberEntity } from './sessions/session-member.entity.js';
import { SessionEntity } from './sessions/session.entity.js';

/** Labs and their versions, images, sessions: what is wanted, and how far it is. */
export const labService = (config: LabConfig): ServiceDefinition => ({
  name: 'lab-service',
  config,
  module: LabModule,
  database: {
    url: config.LAB_DATABASE_URL,
    poolSize: config.LAB_DATABASE_POOL,
    schema: 'lab',
    entities: [
      LabEntity,
      LabVersionEntity,
      ImageEntity,
      SessionEntity,
      SessionMemberEntity,
      SessionLogEntity,
      QuotaEntity,
    ],
    migrations,
  },
});
