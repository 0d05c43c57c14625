import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findPostgresProgram, requireProgram } from '../programs.js';
import type { Unprivileged } from './unprivileged.js';

const run = promisify(execFile);

/** The name of the superuser and of the database that `startPostgres` gives the address of. */
export const POSTGRES_NAME = 'lab';

/** Makes the database cluster, unless it is there from an earlier start. */
export async function prepareCluster(folder: string, user: Unprivileged, passwordFile: string): Promise<string> {
  const cluster = join(folder, 'data');
  const finished = join(folder, 'cluster-made');
  if (existsSync(finished)) return cluster;
  // An initdb that was interrupted leaves a folder that looks usable and is not.
  await rm(cluster, { recursive: true, force: true });
  await mkdir(cluster, { mode: 0o700 });
  await user.own(cluster);
  await user.own(passwordFile);
  const initdb = requireProgram(findPostgresProgram('initdb'), 'initdb', 'postgresql');
  const settings = ['--encoding=UTF8', '--locale=C.UTF-8', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const [file = '', ...args] = [...user.wrapper, initdb, '-D', cluster, '-U', POSTGRES_NAME, ...settings];
  await run(file, args, { cwd: folder, env: { ...process.env, LC_ALL: 'C.UTF-8' } });
  await writeFile(finished, '');
  return cluster;
}
