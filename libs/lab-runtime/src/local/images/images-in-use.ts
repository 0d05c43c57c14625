import { readFile, readdir } from 'node:fs/promises';
import { z } from 'zod';

/** File in a VM's folder that names, by disk, the golden file its overlay stands on. */
export const backingRecord = 'backing.json';
export const BackingRecord = z.record(z.string(), z.string());

/** Paths of all golden disks that some session's overlay needs. A record that cannot be read stops the caller. */
export async function imagesInUse(sessionsDir: string): Promise<Set<string>> {
  const used = new Set<string>();
  for (const session of await foldersIn(sessionsDir)) {
    for (const system of await foldersIn(`${sessionsDir}/${session}`)) {
      const text = await readFile(`${sessionsDir}/${session}/${system}/${backingRecord}`, 'utf8').catch(missing);
      const record = text === undefined ? {} : BackingRecord.parse(JSON.parse(text));
      for (const path of Object.values(record)) used.add(path);
    }
  }
  return used;
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(missing);
  return (entries ?? []).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

function missing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}
