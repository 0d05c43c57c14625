import { link, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { errnoOf } from '../images/image-refusal.js';
import { BackingRecord, backingRecord } from '../images/images-in-use.js';

/**
 * Settles, once per VM, which golden file each disk stands on. An overlay is worthless on any other file, so the first
 * answer stands even when a newer build of the image appears; several processes may settle it at the same time.
 */
export async function settleBacking(folder: string, wanted: Record<string, string>): Promise<Record<string, string>> {
  const file = `${folder}/${backingRecord}`;
  const known = await read(file);
  if (known) return known;
  const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`;
  await writeFile(draft, JSON.stringify(wanted));
  await link(draft, file).catch((error: unknown) => {
    if (errnoOf(error) !== 'EEXIST') throw error;
  });
  await rm(draft, { force: true });
  return (await read(file)) ?? wanted;
}

/** False when a golden file has been removed between the question and the record. */
export async function allThere(record: Record<string, string>): Promise<boolean> {
  const found = await Promise.all(Object.values(record).map((path) => stat(path).then(Boolean, () => false)));
  return found.every(Boolean);
}

async function read(file: string): Promise<Record<string, string> | undefined> {
  try {
    return BackingRecord.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
