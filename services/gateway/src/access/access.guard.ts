import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Authenticator } from '../authentication/authenticator.js';
import { unauthenticated } from '../authentication/bearer-token.js';
import { findRoute } from '../http/api-route.decorator.js';
import { beginCall } from '../http/call-state.js';
import { RateLimits } from '../rate-limit/rate-limits.js';
import { requireAccess } from './access.js';

/** The first thing every API call meets: who is it, may it call this, is it too fast. Denies by default. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly limits: RateLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const found = findRoute(context);
    // The web app, the reference, health: public by nature, and nothing below the API's prefix.
    if (!found) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const call = beginCall(request, found);
    if (found.route.audience === 'public') {
      await this.limits.countAddress(request.ip);
      return true;
    }
    const principal = await this.authenticate(request);
    call.principal = principal;
    await this.limits.countUser(principal.userId);
    requireAccess(found.route, principal);
    return true;
  }

  /** Whoever fails here counts against the address: guessing tokens is as limited as guessing passwords. */
  private async authenticate({ headers, ip }: FastifyRequest) {
    try {
      const principal = await this.authenticator.principalOf(headers.authorization);
      if (principal) return principal;
    } catch (error) {
      await this.limits.countAddress(ip);
      throw error;
    }
    await this.limits.countAddress(ip);
    throw unauthenticated();
  }
}
