import { type Content, type LabFiles, sortedPaths, withFile, withoutFile, withRenamed } from './lab-files.js';

/** Where the cursor is to go; `visit` tells one jump from the next to the same place. */
export interface Jump {
  line: number;
  column: number;
  visit: number;
}

/** The version that is on the server; nothing of it before the first save. */
export interface SavedVersion {
  labId: string;
  slug: string;
  version: number;
  /** Names its content; a save says which one it was made from. */
  digest: string;
}

export interface LabEditing {
  saved: SavedVersion | undefined;
  base: LabFiles;
  files: LabFiles;
  path: string | undefined;
  jump: Jump | undefined;
}

export type Edit =
  | { do: 'write'; path: string; content: Content }
  | { do: 'add'; path: string; content: Content }
  | { do: 'rename'; path: string; to: string }
  | { do: 'remove'; path: string }
  | { do: 'open'; path: string; line?: number | undefined; column?: number | undefined }
  | { do: 'saved'; as: SavedVersion; files: LabFiles }
  /** The work stays; it now counts as made from another version. */
  | { do: 'rebase'; on: SavedVersion; base: LabFiles };

export function edited(state: LabEditing, edit: Edit): LabEditing {
  switch (edit.do) {
    case 'write':
      return state.files.get(edit.path) === edit.content
        ? state
        : { ...state, files: withFile(state.files, edit.path, edit.content) };
    case 'add':
      return { ...state, files: withFile(state.files, edit.path, edit.content), path: edit.path, jump: undefined };
    case 'rename':
      return {
        ...state,
        files: withRenamed(state.files, edit.path, edit.to),
        path: state.path === edit.path ? edit.to : state.path,
      };
    case 'remove': {
      const files = withoutFile(state.files, edit.path);
      const path = state.path === edit.path ? sortedPaths(files)[0] : state.path;
      return { ...state, files, path, jump: undefined };
    }
    case 'open':
      return { ...state, path: edit.path, jump: jumpTo(state, edit) };
    case 'saved':
      return { ...state, saved: edit.as, base: edit.files };
    case 'rebase':
      return { ...state, saved: edit.on, base: edit.base };
    default:
      return state;
  }
}

const jumpTo = ({ jump }: LabEditing, { line, column }: { line?: number | undefined; column?: number | undefined }) =>
  line === undefined ? undefined : { line, column: column ?? 1, visit: (jump?.visit ?? 0) + 1 };

/** The editor as it opens: with the first file, which is the lab file. */
export const opened = (saved: SavedVersion | undefined, base: LabFiles, files: LabFiles): LabEditing => ({
  saved,
  base,
  files,
  path: sortedPaths(files)[0],
  jump: undefined,
});
