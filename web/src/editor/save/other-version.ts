import { ApiError } from '../../api/api-error.js';
import { call } from '../../api/call.js';
import { fetchSources, type LabSources } from '../model/lab-sources.js';
import type { SaveTarget } from './save-target.js';

/** The newest version on the server, which stood in the way of a save. */
export interface OtherVersion extends LabSources {
  createdAt: string;
  createdById: string;
}

export async function fetchOther(
  target: SaveTarget,
  labId: string | undefined,
  signal: AbortSignal,
): Promise<OtherVersion> {
  const lab = await labOf(target, labId, signal);
  const { items } = await call('listLabVersions', { params: { labId: lab.id }, signal });
  const [newest] = items;
  if (newest === undefined) throw missing();
  const { createdAt, createdById } = newest;
  return { ...(await fetchSources(lab, newest.version, signal)), createdAt, createdById };
}

async function labOf({ kind, slug }: SaveTarget, labId: string | undefined, signal: AbortSignal) {
  if (kind === 'version' && labId !== undefined) return call('getLab', { params: { labId }, signal });
  const pages = await Promise.all(
    (['false', 'true'] as const).map((archived) =>
      call('listLabs', { query: { mine: 'true', archived, search: slug, limit: 200 }, signal }),
    ),
  );
  const lab = pages.flatMap(({ items }) => items).find((one) => one.slug === slug);
  if (lab === undefined) throw missing();
  return lab;
}

const missing = () => new ApiError({ status: 404, code: 'not_found', detail: '' });
