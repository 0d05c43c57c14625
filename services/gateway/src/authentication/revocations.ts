import { type CloudEvent, UserDeleted, UserDisabled, UserSignedOut, UserUpdated } from '@lab-orchestrator/contracts';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventHub } from '../events/event-hub.js';
import { ApiTokenVerifier } from './api-token.verifier.js';
import { DenyList } from './deny-list.js';

/** Closes the ten minutes an access token would live on: what auth-service tells is denied within a second. */
@Injectable()
export class Revocations implements OnModuleInit {
  constructor(
    private readonly hub: EventHub,
    private readonly denyList: DenyList,
    private readonly apiTokens: ApiTokenVerifier,
  ) {}

  onModuleInit() {
    this.hub.listen({ onEvent: ({ event }) => this.apply(event), onGap: () => this.apiTokens.forget() });
  }

  private apply({ type, time, data }: CloudEvent) {
    const at = new Date(time);
    if (type === UserSignedOut.type) {
      const { userId, familyId } = UserSignedOut.data.parse(data);
      if (familyId) this.denyList.denyFamily(familyId);
      else this.denyList.denyUser(userId, at);
    } else if (type === UserUpdated.type) {
      const { userId, role } = UserUpdated.data.parse(data);
      this.denyList.expectRole(userId, role, at);
      this.apiTokens.forget();
    } else if (type === UserDisabled.type || type === UserDeleted.type) {
      this.denyList.denyUser(UserDisabled.data.parse(data).userId, at);
      this.apiTokens.forget();
    }
  }
}
