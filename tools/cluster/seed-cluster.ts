import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient, ApiError } from '../launcher/seed/api-client.ts';
import { addDemoPeople, type Login } from '../launcher/seed/demo-people.ts';
import { sampleAuthors } from '../launcher/seed/sample-authors.ts';
import { importSampleLabs } from '../launcher/seed/sample-labs.ts';
import { note, type Step } from '../launcher/terminal/steps.ts';
import { Advice } from '../setup/advice.mjs';
import type { Kubectl } from './kube/kubectl.ts';

/** The first administrator's password, as the chart made it. */
export async function adminPassword(kubectl: Kubectl, namespace: string, secret: string): Promise<string> {
  const found = await kubectl.find<{ data?: Record<string, string> }>([`secret/${secret}`, '--namespace', namespace]);
  const encoded = found?.data?.['first-admin-password'];
  if (encoded === undefined) throw new Advice(`The secret ${namespace}/${secret} has no first-admin-password.`);
  return Buffer.from(encoded, 'base64').toString();
}

/** Sample labs and two people to try them with, through the public API. Later runs only add what is new. */
export async function seedCluster(
  origin: string,
  admin: Login,
  keep: string,
  labs: string,
  step: Step,
): Promise<Login[]> {
  const api = await signedIn(origin, admin);
  const people = await addDemoPeople(api, keep);
  const imported = await importSampleLabs(await sampleAuthors(api, people, new ApiClient(origin)), labs);
  imported.problems.forEach((problem) => note(`  ! ${problem}`));
  step.result(`${imported.total} labs, ${imported.added} of them new or changed`);
  return people;
}

/** Right after the start the gateway may not reach a service yet (503), and a door may not be open yet. */
async function signedIn(origin: string, { username, password }: Login): Promise<ApiClient> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await new ApiClient(origin).signIn(username, password);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401)
        throw new Advice(
          `The password of ${username} was changed since the installation: samples are left as they are.`,
        );
      if (attempt === 60) throw error;
      await sleep(1_000);
    }
  }
}
