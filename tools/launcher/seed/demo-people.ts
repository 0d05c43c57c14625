import { randomInt } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { routes } from '@lab-orchestrator/contracts';
import { type ApiClient, ApiError } from './api-client.ts';

export interface Login {
  username: string;
  password: string;
}

const PEOPLE = [
  { username: 'lecturer', displayName: 'Lecturer', role: 'lecturer' },
  { username: 'learner', displayName: 'Learner', role: 'learner' },
];

/** Two people to try the platform with, made once. Their passwords stay in a file that only we may read. */
export async function addDemoPeople(api: ApiClient, file: string): Promise<Login[]> {
  if (existsSync(file)) return keptPeople(file);
  const logins: Login[] = [];
  for (const person of PEOPLE) {
    const password = newPassword();
    if (await create(api, { ...person, password })) logins.push({ username: person.username, password });
  }
  writeFileSync(file, JSON.stringify(logins), { mode: 0o600 });
  return logins;
}

/** The people of the first start; their passwords may have been changed since. */
export function keptPeople(file: string): Login[] {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

async function create(api: ApiClient, person: Login & { displayName: string; role: string }): Promise<boolean> {
  try {
    await api.send('POST', routes.createUser.path, JSON.stringify(person));
    return true;
  } catch (error) {
    // Somebody of that name is there already; it is not ours to change.
    if (error instanceof ApiError && error.status === 409) return false;
    throw error;
  }
}

/** Four groups of four letters and digits, none of which looks like another: easy to read out, 79 bits. */
function newPassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  const group = () => Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return Array.from({ length: 4 }, group).join('-');
}
