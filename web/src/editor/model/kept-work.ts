import { createStore, del, get, set, type UseStore } from 'idb-keyval';
import type { Patch } from './changes.js';
import type { SavedVersion } from './lab-editing.js';

/** Unsaved work on a lab, as this browser keeps it until it is saved. */
export interface KeptWork {
  /** The version it was begun with; nothing for a new lab. */
  from: SavedVersion | undefined;
  patch: Patch;
  /** Milliseconds since 1970. */
  keptAt: number;
  /** The window it was written in: what another one keeps is not taken away by this one. */
  by: string;
}

let store: UseStore | undefined;
const drafts = () => (store ??= createStore('lab-editor', 'unsaved-work'));

/** Each person has their own work at each lab, and one new lab at a time. */
export const workKey = (userId: string, labId: string | undefined): string => `${userId}/${labId ?? 'new'}`;

/** A browser may forbid storage: then nothing was kept, and that is no reason not to edit. */
export async function recallWork(key: string): Promise<KeptWork | undefined> {
  try {
    return await get<KeptWork>(key, drafts());
  } catch {
    return undefined;
  }
}

/** @returns whether it is kept */
export async function keepWork(key: string, work: KeptWork): Promise<boolean> {
  try {
    await set(key, work, drafts());
    return true;
  } catch {
    return false;
  }
}

/** `by`: only what this window kept. */
export async function forgetWork(key: string, by?: string): Promise<void> {
  try {
    if (by === undefined || (await recallWork(key))?.by === by) await del(key, drafts());
  } catch {
    // Nothing was kept, see above.
  }
}
