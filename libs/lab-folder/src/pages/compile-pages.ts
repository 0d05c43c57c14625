import { type CompiledLab, compileInstructions } from '@lab-orchestrator/page-compiler';
import type { Outline } from '../check/outline.js';
import type { FolderFiles } from '../folder/folder-files.js';

/** The instructions of a lab folder, with all that is wrong with its pages. */
export const compilePages = (outline: Outline, folder: FolderFiles): CompiledLab =>
  compileInstructions({
    folder: outline.instructions,
    languages: outline.languages,
    files: folder,
    read: (path) => textOf(folder.get(path)),
    systems: outline.systems.flatMap(({ name, access }) =>
      name === undefined ? [] : [{ name, access: access.flatMap(withName) }],
    ),
    variables: Object.keys(outline.variables),
  });

const withName = ({ name, kind }: { name?: string; kind?: string }) =>
  name === undefined ? [] : [{ name, ...(kind !== undefined && { kind }) }];

function textOf(content: Uint8Array | undefined): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}
