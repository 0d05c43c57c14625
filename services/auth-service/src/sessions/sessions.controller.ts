import { RefreshSession, type RequestOf, SignIn, SignOut } from '@lab-orchestrator/contracts';
import { HandleRequest } from '@lab-orchestrator/platform';
import { Controller } from '@nestjs/common';
import { SignInService } from './sign-in.service.js';

@Controller()
export class SessionsController {
  constructor(private readonly sessions: SignInService) {}

  @HandleRequest(SignIn)
  signIn(request: RequestOf<typeof SignIn>) {
    return this.sessions.signIn(request);
  }

  @HandleRequest(RefreshSession)
  refresh({ refreshToken }: RequestOf<typeof RefreshSession>) {
    return this.sessions.refresh(refreshToken);
  }

  @HandleRequest(SignOut)
  signOut({ refreshToken }: RequestOf<typeof SignOut>) {
    return this.sessions.signOut(refreshToken);
  }
}
