import type { Diagnostic } from '@lab-orchestrator/contracts';
import {
  checkFolder as check,
  type CheckOptions,
  filesOnPages,
  type FolderFiles,
  type ResolvedLab,
} from '@lab-orchestrator/lab-folder';

export interface FolderTask {
  files: FolderFiles;
  options: CheckOptions;
}

export interface CheckedLab {
  /** Present when there is no error (warnings may be). */
  lab?: ResolvedLab | undefined;
  diagnostics: Diagnostic[];
  /** Names the folder by its content. */
  digest: string;
  /** The files that the pages show. */
  onPages: ReadonlySet<string>;
}

/** Runs in a thread. The compiled pages stay in it: copying them to the event loop would hold that up. */
export function checkFolder({ files, options }: FolderTask): CheckedLab {
  const { lab, diagnostics, digest, instructions } = check(files, options);
  return { lab, diagnostics, digest, onPages: instructions ? filesOnPages(instructions) : new Set() };
}
