import { checkFolder } from '@lab-orchestrator/lab-folder';
import { readFolder } from '../folder/read-folder.js';
import { countOf, diagnosticLine } from '../output/diagnostics.js';
import { CommandError, exitCodes } from '../output/exit-codes.js';
import type { Output } from '../output/output.js';

/** Every mistake of a lab folder, with its place. Needs no platform. */
export async function check(folder: string, { strict }: { strict: boolean }, output: Output): Promise<void> {
  const { diagnostics, digest, lab } = checkFolder(await readFolder(folder));
  const valid = lab !== undefined && !(strict && diagnostics.length > 0);
  output.result({ valid, digest, diagnostics }, () => diagnostics.map(diagnosticLine).join('\n'));
  if (!valid) throw new CommandError(exitCodes.mistakes, `${folder}: ${countOf(diagnostics)}`, 'lab_invalid');
  output.say(`${lab.title}: no errors (${countOf(diagnostics)})`);
}
