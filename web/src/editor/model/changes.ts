import { type Content, type LabFiles, sameContent, sortedPaths } from './lab-files.js';

export type Change =
  | { kind: 'added'; path: string; after: Content }
  | { kind: 'changed'; path: string; before: Content; after: Content }
  | { kind: 'removed'; path: string; before: Content }
  | { kind: 'renamed'; path: string; from: string; after: Content };

/** What has become different between two states of a lab, file by file. */
export function changesBetween(before: LabFiles, after: LabFiles): Change[] {
  const gone = [...before].filter(([path]) => !after.has(path));
  const moved = new Map<string, string>();
  const changes = sortedPaths(after).flatMap((path): Change[] => {
    const content = after.get(path) ?? '';
    const old = before.get(path);
    if (sameContent(old, content)) return [];
    if (old !== undefined) return [{ kind: 'changed', path, before: old, after: content }];
    const from = gone.find(([other, was]) => !moved.has(other) && sameContent(was, content))?.[0];
    if (from === undefined) return [{ kind: 'added', path, after: content }];
    moved.set(from, path);
    return [{ kind: 'renamed', path, from, after: content }];
  });
  const removed = gone.filter(([path]) => !moved.has(path));
  return [...changes, ...removed.map(([path, was]): Change => ({ kind: 'removed', path, before: was }))];
}

export function hasChanges(before: LabFiles, after: LabFiles): boolean {
  if (before === after) return false;
  return before.size !== after.size || [...after].some(([path, content]) => !sameContent(before.get(path), content));
}

/** What is kept of unsaved work: only what differs from the version it began with. */
export interface Patch {
  set: [path: string, content: Content][];
  removed: string[];
}

export const patchOf = (before: LabFiles, after: LabFiles): Patch => ({
  set: [...after].filter(([path, content]) => !sameContent(before.get(path), content)),
  removed: [...before.keys()].filter((path) => !after.has(path)),
});

export function patched(before: LabFiles, { set, removed }: Patch): LabFiles {
  const files = new Map(before);
  for (const path of removed) files.delete(path);
  for (const [path, content] of set) files.set(path, content);
  return files;
}
