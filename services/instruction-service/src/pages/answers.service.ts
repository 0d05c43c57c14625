import type { Principal, PutAnswerRequest, RequestOf } from '@lab-orchestrator/contracts';
import { Database } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { notFound } from '../policy/allow.js';
import { ProgressStore } from '../progress/progress.store.js';
import { SessionAccess } from '../sessions/session-access.js';

/** What people fill in for `::set`: a variable of theirs from then on. */
@Injectable()
export class AnswersService {
  constructor(
    private readonly access: SessionAccess,
    private readonly store: ProgressStore,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async put(caller: Principal, { sessionId, name, value }: RequestOf<typeof PutAnswerRequest>) {
    const { lab, person } = await this.access.act(caller, sessionId);
    if (!lab.compiled.sets.includes(name)) throw notFound('answer');
    const now = this.clock.now();
    await this.database.transaction(
      async (tx) => {
        const { userId, displayName } = person;
        await this.store.lock(tx, [{ sessionId, userId, displayName }], now);
        await this.store.putAnswer(tx, { sessionId, userId }, name, value, now);
      },
      { repeatable: true },
    );
    return {};
  }
}
