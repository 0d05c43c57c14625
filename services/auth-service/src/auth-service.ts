import type { ServiceDefinition } from '@lab-orchestrator/platform';
import { AuditRow } from './audit/audit-row.entity.js';
import { AuthModule } from './auth.module.js';
import type { AuthConfig } from './config.js';
import { Invitation } from './invitations/invitation.entity.js';
import { SigningKey } from './keys/signing-key.entity.js';
import { migrations } from './migrations/migrations.js';
import { RefreshToken } from './sessions/refresh-token.entity.js';
import { TokenFamily } from './sessions/token-family.entity.js';
import { ApiToken } from './tokens/api-token.entity.js';
import { User } from './users/user.entity.js';

/** Accounts, sessions, API tokens, signing keys and the audit log. */
export function authService(config: AuthConfig): ServiceDefinition<AuthConfig> {
  return {
    name: 'auth-service',
    config,
    module: AuthModule,
    database: {
      url: config.LAB_DATABASE_URL,
      poolSize: config.LAB_DATABASE_POOL,
      schema: 'auth',
      entities: [User, Invitation, SigningKey, TokenFamily, RefreshToken, ApiToken, AuditRow],
      migrations,
    },
  };
}
