import { CONFIG, RequestClient } from '@lab-orchestrator/platform';
import { Module, type Provider } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessGuard } from './access/access.guard.js';
import { AccountController } from './account/account.controller.js';
import { AccessTokenVerifier } from './authentication/access-token.verifier.js';
import { ApiTokenVerifier } from './authentication/api-token.verifier.js';
import { Authenticator } from './authentication/authenticator.js';
import { DenyList } from './authentication/deny-list.js';
import type { GatewayConfig } from './config.js';
import { RedisConnection } from './http/redis-connection.js';
import { Services } from './http/services.js';
import { ImagesController } from './images/images.controller.js';
import { LabFiles } from './labs/lab-files.js';
import { LabsController } from './labs/labs.controller.js';
import { OperationController } from './operation/operation.controller.js';
import { LookupController } from './people/lookup.controller.js';
import { PeopleController } from './people/people.controller.js';
import { RateLimits } from './rate-limit/rate-limits.js';
import { ConsolesController } from './sessions/consoles.controller.js';
import { MembersController } from './sessions/members.controller.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { refreshCookieFor } from './sign-in/refresh-cookie.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { SignInService } from './sign-in/sign-in.service.js';
import { Uploads } from './uploads/uploads.js';

const configured: Provider[] = [
  {
    provide: RedisConnection,
    inject: [CONFIG],
    useFactory: (config: GatewayConfig) => new RedisConnection(config.LAB_REDIS_URL),
  },
  {
    provide: RateLimits,
    inject: [RedisConnection, CONFIG],
    useFactory: ({ redis }: RedisConnection, config: GatewayConfig) =>
      new RateLimits(redis, {
        perUser: config.LAB_RATE_PER_USER,
        perAddress: config.LAB_RATE_PER_ADDRESS,
        windowS: config.LAB_RATE_WINDOW_S,
      }),
  },
  {
    provide: AccessTokenVerifier,
    inject: [RequestClient, CONFIG],
    useFactory: (requests: RequestClient, config: GatewayConfig) =>
      new AccessTokenVerifier(requests, config.LAB_PUBLIC_URL),
  },
  {
    provide: SignInService,
    inject: [Services, CONFIG],
    useFactory: (services: Services, { LAB_PUBLIC_URL: publicUrl }: GatewayConfig) =>
      new SignInService(services, refreshCookieFor(publicUrl), publicUrl),
  },
];

@Module({
  controllers: [
    SignInController,
    AccountController,
    LookupController,
    PeopleController,
    LabsController,
    ImagesController,
    SessionsController,
    MembersController,
    ConsolesController,
    OperationController,
  ],
  providers: [
    ...configured,
    Services,
    ApiTokenVerifier,
    DenyList,
    Authenticator,
    Uploads,
    LabFiles,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
})
export class GatewayModule {}
