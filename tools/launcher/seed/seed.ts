import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataFolder } from '../data/data-folder.ts';
import { note } from '../terminal/steps.ts';
import type { Step } from '../terminal/steps.ts';
import { ApiClient, ApiError } from './api-client.ts';
import { addDemoPeople, keptPeople, type Login } from './demo-people.ts';
import { sampleAuthors } from './sample-authors.ts';
import { importSampleLabs } from './sample-labs.ts';

export interface Logins {
  /** Without a password: the first one was changed, or this database was made elsewhere. */
  admin: { username: string; password?: string };
  people: Login[];
}

const ADMIN = 'admin';

/** Fills an empty platform through its public API, so that there is something to try. Later starts only add what is new. */
export async function seed(origin: string, data: DataFolder, labsFolder: string, step: Step): Promise<Logins> {
  const password = readFirstPassword(data.firstAdminPasswordFile);
  const api = password === undefined ? undefined : await signedIn(origin, password);
  if (api === undefined || password === undefined) {
    step.result('left as they are, the administrator has an own password');
    return { admin: { username: ADMIN }, people: keptPeople(data.demoPeopleFile) };
  }
  const people = await addDemoPeople(api, data.demoPeopleFile);
  const labs = await importSampleLabs(await sampleAuthors(api, people, new ApiClient(origin)), labsFolder);
  step.result(`${labs.total} labs, ${labs.added} of them new or changed`);
  labs.problems.forEach((problem) => note(`  ! ${problem}`));
  return { admin: { username: ADMIN, password }, people };
}

function readFirstPassword(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

/** Right after the start the gateway may not reach a service yet (503). */
async function signedIn(origin: string, password: string): Promise<ApiClient | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await new ApiClient(origin).signIn(ADMIN, password);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return undefined;
      if (attempt === 30) throw error;
      await sleep(500);
    }
  }
}
