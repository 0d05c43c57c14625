import type { ApiClient } from '../api/api-client.js';
import { CommandError } from '../output/exit-codes.js';
import type { Output } from '../output/output.js';
import type { BuiltLab } from './built-lab.js';
import { importPrivately, openSession, type TriedSession } from './session-of-folder.js';

/** The folder on the platform: a new version for each save that is a lab, and one session. */
export class TriedFolder {
  private session: TriedSession | undefined;

  constructor(
    private readonly api: ApiClient,
    private readonly output: Output,
  ) {}

  /** What the platform refuses is told; the preview goes on, and the next save tries again. */
  async save(built: BuiltLab): Promise<void> {
    if (!built.lab) return;
    try {
      const imported = await importPrivately(this.api, built, built.lab);
      if (this.session && !imported.created) return;
      this.session ??= await openSession(this.api, imported);
      const { address, version } = this.session;
      const older = version === imported.version ? '' : `, which runs version ${version}: end it to start the newest`;
      this.output.line(
        { session: address, version, newest: imported.version },
        `Version ${imported.version} is imported. Session: ${address}${older}`,
      );
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      this.output.say(error.message);
    }
  }
}
