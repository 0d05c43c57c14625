import { basename } from 'node:path';
import { checkFolder } from '@lab-orchestrator/lab-folder';
import { routes, type ImportedLab } from '@lab-orchestrator/contracts';
import type { z } from 'zod';
import { platform, type World } from '../api/context.js';
import { archiveForm } from '../folder/archive-form.js';
import { readFolder } from '../folder/read-folder.js';
import { countOf, diagnosticLine } from '../output/diagnostics.js';
import { CommandError, exitCodes } from '../output/exit-codes.js';
import type { Output } from '../output/output.js';

export interface GitOptions {
  git?: string;
  ref: string;
  path: string;
}

/** A new version from a folder or from git. The same content is no new version. */
export async function importLab(folder: string | undefined, options: GitOptions, world: World, output: Output) {
  const api = await platform(world);
  const { git: url, ref, path } = options;
  const sources = [folder, url].filter((source) => source !== undefined);
  if (sources.length !== 1)
    throw new CommandError(exitCodes.usage, 'Name a folder, or --git with its address.', 'usage');
  const imported =
    url !== undefined
      ? await api.call(routes.importLab, { body: { git: { url, ref, path } } })
      : await api.call(routes.importLab, { form: await archiveOf(folder ?? '', output) });
  report(imported, output);
}

/** Mistakes are found here, before anything is sent. */
async function archiveOf(folder: string, output: Output): Promise<FormData> {
  const files = await readFolder(folder);
  const { lab, diagnostics } = checkFolder(files);
  if (lab === undefined) {
    output.result({ valid: false, diagnostics }, () => diagnostics.map(diagnosticLine).join('\n'));
    throw new CommandError(
      exitCodes.mistakes,
      `${folder}: ${countOf(diagnostics)}; nothing was imported`,
      'lab_invalid',
    );
  }
  return archiveForm(files, basename(folder) || 'lab');
}

function report(imported: z.output<typeof ImportedLab>, output: Output) {
  const { lab, version, created, warnings } = imported;
  output.result(imported, () =>
    created ? `${lab.slug}: version ${version} imported.` : `${lab.slug}: version ${version} has this content already.`,
  );
  for (const warning of warnings) output.say(diagnosticLine(warning));
}
