import type { CompiledInstructions, Diagnostic } from '@lab-orchestrator/contracts';
import { checkFolder, filesOnPages, type FolderFiles, type ResolvedLab } from '@lab-orchestrator/lab-folder';
import { readFolder } from '../folder/read-folder.js';
import { CommandError } from '../output/exit-codes.js';

/** A lab folder as it is at one moment. */
export interface BuiltLab {
  /** Another one after every change. */
  revision: string;
  files: FolderFiles;
  diagnostics: Diagnostic[];
  instructions: CompiledInstructions;
  /** What the pages show; nothing else of the folder is served. */
  onPages: ReadonlySet<string>;
  /** Present when the lab could be imported. */
  lab?: ResolvedLab;
}

const nothing: CompiledInstructions = { languages: [], steps: [], sets: [] };
const empty = { files: new Map(), instructions: nothing, onPages: new Set<string>() };
/** A folder that nobody has looked into yet. */
export const unread: BuiltLab = { ...empty, revision: 'unread', diagnostics: [] };
let builds = 0;

/** Reads and compiles the folder. A folder that cannot be read is a finding, too. */
export async function buildLab(folder: string): Promise<BuiltLab> {
  builds += 1;
  const revision = `${process.pid}-${builds}`;
  try {
    const files = await readFolder(folder);
    const { lab, diagnostics, instructions = nothing } = checkFolder(files);
    return { revision, files, diagnostics, instructions, onPages: filesOnPages(instructions), ...(lab && { lab }) };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const { code, message } = error;
    const diagnostics: Diagnostic[] = [{ severity: 'error', file: folder, path: '', code, message }];
    return { ...empty, revision, diagnostics };
  }
}
