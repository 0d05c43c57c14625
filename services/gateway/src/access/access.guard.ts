import { apiPrefix } from '@lab-orchestrator/contracts';
import { UserError } from '@lab-orchestrator/platform';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Authenticator } from '../authentication/authenticator.js';
import { unauthenticated } from '../authentication/bearer-token.js';
import { callStateOf } from '../http/call-state.js';
import { RateLimits } from '../rate-limit/rate-limits.js';
import { requireAccess } from './access.js';

/** What every API call meets first: who is it, is it too fast, may it call this. Denies by default. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const state = callStateOf(request);
    if (!state) return isOutsideOfApi(request);
    if (state.route.audience === 'public') {
      await this.limits.countAddress(request.ip);
      return true;
    }
    state.principal = await this.authenticate(request);
    await this.limits.countUser(state.principal.userId);
    requireAccess(state.route, state.principal);
    return true;
  }

  /** Whoever fails here counts against the address: guessing tokens is as limited as guessing passwords. */
  private async authenticate({ headers, ip }: FastifyRequest) {
    try {
      const principal = await this.authenticator.principalOf(headers.authorization);
      if (principal) return principal;
      throw unauthenticated();
    } catch (error) {
      if (error instanceof UserError) await this.limits.countAddress(ip);
      throw error;
    }
  }
}

/** The web app, the reference, health: public by nature. A route below the prefix that is not in the table is a mistake. */
const isOutsideOfApi = ({ routeOptions }: FastifyRequest) => !routeOptions.url?.startsWith(apiPrefix);
