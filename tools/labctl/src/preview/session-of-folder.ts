import { routes } from '@lab-orchestrator/contracts';
import type { ResolvedLab } from '@lab-orchestrator/lab-folder';
import type { ApiClient } from '../api/api-client.js';
import { archiveForm } from '../folder/archive-form.js';
import { CommandError, exitCodes } from '../output/exit-codes.js';
import type { BuiltLab } from './built-lab.js';

export interface TriedLab {
  labId: string;
  version: number;
  /** Whether the platform did not have this content as its newest. */
  created: boolean;
}

/** The folder as a private lab of whoever is signed in. Labs that others can see are left alone: each save would be theirs. */
export async function importPrivately(api: ApiClient, built: BuiltLab, lab: ResolvedLab): Promise<TriedLab> {
  await refuseShared(api, lab);
  const form = await archiveForm(built.files, lab.slug);
  const imported = await api.call(routes.importLab, { form });
  return { labId: imported.lab.id, version: imported.version, created: imported.created };
}

export interface TriedSession {
  address: string;
  /** The version that it runs, which stays the same. */
  version: number;
}

/** A session of the lab; one that is open is taken up. */
export async function openSession(api: ApiClient, { labId, version }: TriedLab): Promise<TriedSession> {
  const { openSessionId } = await api.call(routes.getLab, { params: { labId } });
  const { id, lab } =
    openSessionId === undefined
      ? await api.call(routes.startSession, { body: { labId, version } })
      : await api.call(routes.getSession, { params: { sessionId: openSessionId } });
  return { address: `${api.url}/sessions/${id}`, version: lab.version };
}

async function refuseShared(api: ApiClient, { slug }: ResolvedLab) {
  const { items } = await api.call(routes.listLabs, { query: { mine: true, search: slug, limit: 200 } });
  const shared = items.find((lab) => lab.slug === slug && lab.visibility !== 'private');
  if (!shared) return;
  throw new CommandError(
    exitCodes.refused,
    `Your lab "${slug}" can be seen by others; every save would become its newest version. Preview it under another id.`,
    'lab_not_private',
  );
}
