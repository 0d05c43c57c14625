import { routes } from '@lab-orchestrator/contracts';
import { Controller } from '@nestjs/common';
import { ApiRoute } from '../http/api-route.decorator.js';
import type { CallOf } from '../http/call.js';
import { SignInService } from './sign-in.service.js';

@Controller()
export class SignInController {
  constructor(private readonly sessions: SignInService) {}

  @ApiRoute(routes.login)
  login(call: CallOf<typeof routes.login>) {
    return this.sessions.signIn(call);
  }

  @ApiRoute(routes.refresh)
  refresh(call: CallOf<typeof routes.refresh>) {
    return this.sessions.refresh(call);
  }

  @ApiRoute(routes.logout)
  logout(call: CallOf<typeof routes.logout>) {
    return this.sessions.signOut(call);
  }

  @ApiRoute(routes.acceptInvitation)
  acceptInvitation(call: CallOf<typeof routes.acceptInvitation>) {
    return this.sessions.acceptInvitation(call);
  }
}
