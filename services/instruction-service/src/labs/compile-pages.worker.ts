import type { Diagnostic } from '@lab-orchestrator/contracts';
import { compileInstructions, type LabSources } from '@lab-orchestrator/page-compiler';

export interface PagesTask extends Omit<LabSources, 'files' | 'read' | 'variables'> {
  /** Of all files of the lab. */
  paths: ReadonlySet<string>;
  /** The texts of the pages, by path. */
  contents: ReadonlyMap<string, string>;
  variables: readonly string[];
}

export interface CompiledPages {
  /** `CompiledInstructions` as JSON: a text is copied to the event loop faster than a tree. */
  json: string;
  diagnostics: Diagnostic[];
}

/** Runs in a thread. */
export function compilePages({ paths, contents, ...lab }: PagesTask): CompiledPages {
  const { instructions, diagnostics } = compileInstructions({
    ...lab,
    files: paths,
    read: (path) => contents.get(path),
  });
  return { json: JSON.stringify(instructions), diagnostics };
}
