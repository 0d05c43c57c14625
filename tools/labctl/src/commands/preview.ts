import { once } from 'node:events';
import { platform, type World } from '../api/context.js';
import { requireFolder } from '../folder/read-folder.js';
import { countOf, diagnosticLine } from '../output/diagnostics.js';
import type { Output } from '../output/output.js';
import type { BuiltLab } from '../preview/built-lab.js';
import { startPreview } from '../preview/live-preview.js';
import { TriedFolder } from '../preview/tried-folder.js';

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
