import { CONFIG, RedisConnection, RequestClient } from '@lab-orchestrator/platform';
import { Module, type Provider } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { AccessGuard } from './access/access.guard.js';
import { AccountController } from './account/account.controller.js';
import { AccessTokenVerifier } from './authentication/access-token.verifier.js';
import { ApiTokenVerifier } from './authentication/api-token.verifier.js';
import { Authenticator } from './authentication/authenticator.js';
import { DenyList } from './authentication/deny-list.js';
import { JwksController } from './authentication/jwks.controller.js';
import { Revocations } from './authentication/revocations.js';
import { AuditTrail } from './audit/audit-trail.js';
import type { GatewayConfig } from './config.js';
import { EventHub } from './events/event-hub.js';
import { EventRights } from './events/event-rights.js';
import { EventStreams } from './events/event-streams.js';
import { EventsController } from './events/events.controller.js';
import { SessionAudiences } from './events/session-audiences.js';
import { HealthController } from './health/health.controller.js';
import { AnswerInterceptor } from './http/answer.interceptor.js';
import { Services } from './http/services.js';
import { memoryAnswers, redisAnswers } from './idempotency/answer-store.js';
import { FirstAnswers } from './idempotency/first-answers.js';
import { IdempotencyInterceptor } from './idempotency/idempotency.interceptor.js';
import { ImagesController } from './images/images.controller.js';
import { InstructionsController } from './instructions/instructions.controller.js';
import { ProgressController } from './instructions/progress.controller.js';
import { ProgressTable } from './instructions/progress-table.js';
import { LabArchives } from './labs/lab-archives.js';
import { LabFiles } from './labs/lab-files.js';
import { LabsController } from './labs/labs.controller.js';
import { OpenApiController } from './openapi/openapi.controller.js';
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
import { WebAppController } from './web-app/web-app.controller.js';

const configured: Provider[] = [
  {
    provide: RedisConnection,
    inject: [CONFIG],
    useFactory: (config: GatewayConfig) => new RedisConnection(config.LAB_REDIS_URL, 'gateway'),
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
    provide: FirstAnswers,
    inject: [RedisConnection],
    useFactory: ({ redis }: RedisConnection) => new FirstAnswers(redis ? redisAnswers(redis) : memoryAnswers()),
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
    InstructionsController,
    ProgressController,
    OperationController,
    EventsController,
    JwksController,
    HealthController,
    OpenApiController,
    // Last: it answers whatever nobody else does.
    WebAppController,
  ],
  providers: [
    ...configured,
    Services,
    ApiTokenVerifier,
    DenyList,
    Authenticator,
    Revocations,
    AuditTrail,
    EventHub,
    SessionAudiences,
    EventRights,
    EventStreams,
    Uploads,
    LabArchives,
    LabFiles,
    ProgressTable,
    { provide: APP_GUARD, useClass: AccessGuard },
    // The outer one first: it keeps what the inner one has added.
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    { provide: APP_INTERCEPTOR, useClass: AnswerInterceptor },
  ],
})
export class GatewayModule {}
