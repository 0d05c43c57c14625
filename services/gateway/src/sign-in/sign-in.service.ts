import {
  AcceptInvitationRequest,
  type ReplyOf,
  RefreshSession,
  type routes,
  SignIn,
  SignOut,
} from '@lab-orchestrator/contracts';
import { UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { decodeJwt } from 'jose';
import type { Call, CallOf } from '../http/call.js';
import { Services } from '../http/services.js';
import { nameActor } from './actor.js';
import { cookieAgeS, type RefreshCookie } from './refresh-cookie.js';
import { requireSameOrigin } from './same-origin.js';

/** A class signs in within the same minute; passwords are hashed a few at a time. */
const signInDeadlineMs = 20_000;

/** The browser's session: the access token goes to the page, the refresh token into a cookie no script can read. */
@Injectable()
export class SignInService {
  constructor(
    private readonly services: Services,
    private readonly cookie: RefreshCookie,
    private readonly publicUrl: string,
  ) {}

  async signIn(call: CallOf<typeof routes.login>) {
    requireSameOrigin(call.request.headers, this.publicUrl);
    const request = { ...call.body, ...clientOf(call) };
    return this.keep(call, await this.services.ask(SignIn, request, call, { deadlineMs: signInDeadlineMs }));
  }

  async refresh(call: CallOf<typeof routes.refresh>) {
    requireSameOrigin(call.request.headers, this.publicUrl);
    const refreshToken = this.read(call);
    if (refreshToken === undefined) throw noSession();
    try {
      return this.keep(call, await this.services.ask(RefreshSession, { refreshToken, ...clientOf(call) }, call));
    } catch (error) {
      if (error instanceof UserError && error.status === 401) this.forget(call);
      throw error;
    }
  }

  async signOut(call: CallOf<typeof routes.logout>) {
    requireSameOrigin(call.request.headers, this.publicUrl);
    const refreshToken = this.read(call);
    if (refreshToken !== undefined) await this.services.ask(SignOut, { refreshToken }, call);
    this.forget(call);
    return {};
  }

  acceptInvitation(call: CallOf<typeof routes.acceptInvitation>) {
    return this.services.ask(AcceptInvitationRequest, call.body, call, { deadlineMs: signInDeadlineMs });
  }

  private read({ request }: Call): string | undefined {
    return request.cookies[this.cookie.name];
  }

  private keep(call: Call, { refreshToken, refreshExpiresInS, ...answer }: ReplyOf<typeof SignIn>) {
    void call.reply.setCookie(this.cookie.name, refreshToken, {
      ...this.cookie.options,
      maxAge: cookieAgeS(refreshExpiresInS),
    });
    nameActor(call.request, decodeJwt(answer.accessToken));
    return answer;
  }

  private forget({ reply }: Call) {
    void reply.clearCookie(this.cookie.name, this.cookie.options);
  }
}

function clientOf({ request }: Call) {
  return { address: request.ip, userAgent: request.headers['user-agent']?.slice(0, 512) };
}

function noSession() {
  return new UserError('session_ended', { status: 401, detail: 'You are not signed in.' });
}
