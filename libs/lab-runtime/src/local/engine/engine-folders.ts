import { createHash } from 'node:crypto';
import { lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { RuntimeError } from '../../port/runtime-error.js';

/** Podman refuses a longer path for what it keeps while it runs. */
const longestRunFolder = 50;

/** Where the private engine of a data folder keeps its images, its containers and its socket. */
export const engineFolder = (dataDir: string): string => join(resolve(dataDir), 'engine');

/**
 * Where it keeps what lasts only while it runs: below its folder too, unless that path is too long for Podman. Then it
 * has a short name in the system's folder for such things, always the same one.
 */
export function runFolder(engine: string): string {
  const near = join(engine, 'run');
  if (Buffer.byteLength(near) <= longestRunFolder) return near;
  const name = `lab-orchestrator-${createHash('sha256').update(engine).digest('hex').slice(0, 12)}`;
  return join(process.getuid?.() === 0 ? '/run' : (process.env['XDG_RUNTIME_DIR'] ?? tmpdir()), name);
}

/** Everything of the private engine of a data folder: nothing of it is anywhere else. */
export function engineFolders(dataDir: string): string[] {
  const engine = engineFolder(dataDir);
  return [engine, runFolder(engine)];
}

/** Makes the folder, closed to others. @throws RuntimeError `insufficient_rights` when somebody else has made it */
export async function makeRunFolder(engine: string): Promise<string> {
  const folder = runFolder(engine);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { uid } = await lstat(folder);
  if (uid === process.getuid?.()) return folder;
  throw new RuntimeError(
    'insufficient_rights',
    `${folder} belongs to somebody else; use a shorter data folder.`,
    false,
  );
}
