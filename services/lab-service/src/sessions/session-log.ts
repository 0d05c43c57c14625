import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock.js';
import { SessionLogEntity } from './session-log.entity.js';

/** One line: a stable code (the UI has other languages by it), and the same in plain words. Never a secret. */
export interface LogLine {
  code: string;
  text: string;
  actorName?: string | undefined;
  system?: string | undefined;
}

/** What happens to sessions, written in the transaction in which it happens. */
@Injectable()
export class SessionLog {
  constructor(private readonly clock: Clock) {}

  async add(tx: EntityManager, sessionId: string, { code, text, actorName = undefined, system = undefined }: LogLine) {
    const at = this.clock.now();
    await tx.insert(SessionLogEntity, {
      sessionId,
      at,
      code,
      text,
      actorName: actorName ?? null,
      system: system ?? null,
    });
  }
}
