import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionSpec, SystemSpec } from '@lab-orchestrator/contracts';
import type { Attachment, SystemPlace } from '../systems/system-place.js';

/** The folders of sessions on the host: `<dataDir>/sessions/<sessionId>/<system>`. */
export class SessionFolders {
  constructor(private readonly folder: string) {}

  place(
    session: Pick<SessionSpec, 'sessionId' | 'generation'>,
    system: Pick<SystemSpec, 'name'>,
    attachments: Attachment[],
  ): SystemPlace {
    return {
      sessionId: session.sessionId,
      system: system.name,
      generation: session.generation,
      folder: join(this.folder, session.sessionId, system.name),
      attachments,
    };
  }

  sessions(): Promise<string[]> {
    return readdir(this.folder).catch(() => []);
  }

  async remove(sessionId: string): Promise<void> {
    await rm(join(this.folder, sessionId), { recursive: true, force: true });
  }
}
