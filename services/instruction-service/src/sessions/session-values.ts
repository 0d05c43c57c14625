import { type VariableValues } from '@lab-orchestrator/page-compiler';
import { GetSessionValues, type ReplyOf } from '@lab-orchestrator/contracts';
import { RequestClient } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { ProgressStore } from '../progress/progress.store.js';
import type { Situation } from './session-access.js';

const hidden = '••••••••';

/** The values of a session, fetched when they are needed. They hold its secrets: never stored, logged, or put into events. */
@Injectable()
export class SessionValues {
  constructor(
    private readonly requests: RequestClient,
    private readonly progress: ProgressStore,
  ) {}

  /** For people to read: secrets only for those who may see them. */
  async forReading({ session, person, may }: Pick<Situation, 'session' | 'person' | 'may'>): Promise<VariableValues> {
    const [values, answers] = await Promise.all([
      this.fetch(session.id),
      this.progress.answers({ sessionId: session.id, userId: person.userId }),
    ]);
    return valuesOf(session.id, values, answers, may('readSecrets'));
  }

  /** For what runs in the session's own systems, or is compared on the server. */
  async forRunning({ session, person }: Pick<Situation, 'session' | 'person'>): Promise<VariableValues> {
    return this.forReading({ session, person, may: () => true });
  }

  private fetch(sessionId: string) {
    return this.requests.call(GetSessionValues, { sessionId });
  }
}

function valuesOf(
  sessionId: string,
  { user, variables, addresses }: ReplyOf<typeof GetSessionValues>,
  answers: Readonly<Record<string, string>>,
  showSecrets: boolean,
): VariableValues {
  const shown = Object.entries(variables).map(([name, { value, secret }]) => [
    name,
    secret && !showSecrets ? hidden : value,
  ]);
  return {
    ...Object.fromEntries(shown),
    ...answers,
    ...Object.fromEntries(Object.entries(addresses).map(([name, address]) => [`system.${name}.address`, address])),
    'user.name': user.name,
    'user.id': user.id,
    'session.id': sessionId,
  };
}
