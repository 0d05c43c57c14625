import { once } from 'node:events';
import type { ApiClient } from '../api/api-client.js';
import { platform, type World } from '../api/context.js';
import { requireFolder } from '../folder/read-folder.js';
import { countOf, diagnosticLine } from '../output/diagnostics.js';
import { CommandError } from '../output/exit-codes.js';
import type { Output } from '../output/output.js';
import type { BuiltLab } from '../preview/built-lab.js';
import { startPreview } from '../preview/live-preview.js';
import { importPrivately, openSession, type TriedSession } from '../preview/session-of-folder.js';

interface PreviewOptions {
  port: number;
  session: boolean;
}

/** Shows the pages of a folder in the browser while they are written, until Ctrl-C. */
export async function preview(folder: string, options: PreviewOptions, world: World, output: Output): Promise<void> {
  await requireFolder(folder);
  const tried = options.session ? new TriedFolder(await platform(world), output) : undefined;
  const { url, failed, close } = await startPreview(folder, options.port, async (built) => {
    report(built, output);
    await tried?.save(built);
  });
  output.line({ url }, `Preview: ${url}  (Ctrl-C ends it)`);
  await Promise.race([once(process, 'SIGINT'), failed]).finally(close);
}

function report({ lab, diagnostics, revision }: BuiltLab, output: Output) {
  output.line({ revision, valid: lab !== undefined, diagnostics }, diagnostics.map(diagnosticLine).join('\n'));
  output.say(`${lab?.title ?? 'This is no lab yet'}: ${countOf(diagnostics)}`);
}

/** The folder on the platform: a new version for each save that is a lab, and one session. */
class TriedFolder {
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
