import { accessTokenLifetimeS } from '@lab-orchestrator/contracts';
import { CONFIG, Database, Outbox, RedisConnection } from '@lab-orchestrator/platform';
import { Module, type Provider } from '@nestjs/common';
import { AuditController } from './audit/audit.controller.js';
import { AuditService } from './audit/audit.service.js';
import type { AuthConfig } from './config.js';
import { InvitationsService } from './invitations/invitations.service.js';
import { AccessTokenIssuer } from './keys/access-token.issuer.js';
import { KeyRing } from './keys/key-ring.js';
import { KeyRotationSchedule } from './keys/key-rotation.schedule.js';
import { KeysController } from './keys/keys.controller.js';
import { SecretBox } from './keys/secret-box.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { CleanUpSchedule } from './sessions/clean-up.schedule.js';
import { LoginLimits } from './sessions/login-limits.js';
import { RefreshChain } from './sessions/refresh-chain.js';
import { RefreshTokensService } from './sessions/refresh-tokens.service.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { SignInService } from './sessions/sign-in.service.js';
import { ApiTokensController } from './tokens/api-tokens.controller.js';
import { ApiTokensService } from './tokens/api-tokens.service.js';
import { AccountController } from './users/account.controller.js';
import { AccountService } from './users/account.service.js';
import { FirstAdmin } from './users/first-admin.js';
import { UserImportService } from './users/user-import.service.js';
import { UsersController } from './users/users.controller.js';
import { UsersRepository } from './users/users.repository.js';
import { UsersService } from './users/users.service.js';

/** Every cache of published keys is refreshed within this time. */
const keyLeadS = 600;
/** Sign-ins that may wait for their turn; a class that arrives at once does. */
const waitingHashes = 1_000;

const configured: Provider[] = [
  {
    provide: SecretBox,
    inject: [CONFIG],
    useFactory: (config: AuthConfig) => new SecretBox(config.LAB_AUTH_SECRET),
  },
  {
    provide: PasswordHasher,
    inject: [CONFIG],
    useFactory: (config: AuthConfig) =>
      new PasswordHasher({ concurrency: config.LAB_PASSWORD_HASHES, maxWaiting: waitingHashes }),
  },
  {
    provide: KeyRing,
    inject: [Database, SecretBox, CONFIG],
    useFactory: (database: Database, box: SecretBox, config: AuthConfig) =>
      new KeyRing(database, box, {
        periodS: config.LAB_KEY_ROTATION_S,
        leadS: keyLeadS,
        overlapS: accessTokenLifetimeS + 60,
      }),
  },
  {
    provide: AccessTokenIssuer,
    inject: [KeyRing, CONFIG],
    useFactory: (ring: KeyRing, config: AuthConfig) => new AccessTokenIssuer(ring, config.LAB_PUBLIC_URL),
  },
  {
    provide: RefreshTokensService,
    inject: [Database, Outbox, SecretBox, CONFIG],
    useFactory: (database: Database, outbox: Outbox, box: SecretBox, config: AuthConfig) =>
      new RefreshTokensService(database, outbox, new RefreshChain(box), {
        idleS: config.LAB_SESSION_IDLE_S,
        maxS: config.LAB_SESSION_MAX_S,
      }),
  },
  {
    provide: RedisConnection,
    inject: [CONFIG],
    useFactory: (config: AuthConfig) => new RedisConnection(config.LAB_REDIS_URL, 'auth-service'),
  },
  {
    provide: LoginLimits,
    inject: [RedisConnection, CONFIG],
    useFactory: ({ redis }: RedisConnection, config: AuthConfig) =>
      new LoginLimits(redis, { perBlock: config.LAB_LOGIN_FAILURES_PER_BLOCK, windowS: config.LAB_LOGIN_WINDOW_S }),
  },
  {
    provide: InvitationsService,
    inject: [Database, PasswordHasher, RefreshTokensService, CONFIG],
    useFactory: (database: Database, hasher: PasswordHasher, tokens: RefreshTokensService, config: AuthConfig) =>
      new InvitationsService(database, hasher, tokens, {
        publicUrl: config.LAB_PUBLIC_URL,
        lifetimeS: config.LAB_INVITATION_S,
      }),
  },
  {
    provide: FirstAdmin,
    inject: [Database, UsersService, PasswordHasher, CONFIG],
    useFactory: (database: Database, users: UsersService, hasher: PasswordHasher, config: AuthConfig) =>
      new FirstAdmin(database, users, hasher, {
        password: config.LAB_FIRST_ADMIN_PASSWORD,
        passwordFile: config.LAB_FIRST_ADMIN_PASSWORD_FILE,
      }),
  },
];

@Module({
  controllers: [
    SessionsController,
    KeysController,
    AccountController,
    UsersController,
    ApiTokensController,
    AuditController,
  ],
  providers: [
    ...configured,
    KeyRotationSchedule,
    CleanUpSchedule,
    SignInService,
    UsersRepository,
    UsersService,
    AccountService,
    UserImportService,
    ApiTokensService,
    AuditService,
  ],
})
export class AuthModule {}
