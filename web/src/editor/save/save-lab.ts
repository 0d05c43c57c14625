import type { Lab } from '@lab-orchestrator/contracts';
import { pack } from '../../archive/archive.js';
import { ApiError } from '../../api/api-error.js';
import { call } from '../../api/call.js';
import type { CommonOptions } from '../../api/routes.js';
import { upload } from '../../api/upload.js';
import type { SavedVersion } from '../model/lab-editing.js';
import { bytesOf, type LabFiles } from '../model/lab-files.js';

export type SaveProgress = { step: 'packing' } | { step: 'sending'; percent: number };
export interface Saved {
  lab: Lab;
  version: SavedVersion;
  /** Not, when the same content was there already. */
  created: boolean;
}
type Wish = Pick<CommonOptions, 'ifMatch' | 'ifNoneMatch' | 'idempotencyKey'> & {
  files: LabFiles;
  onProgress: (progress: SaveProgress) => void;
};

export const packLab = (files: LabFiles): Promise<Uint8Array<ArrayBuffer>> =>
  pack(Object.fromEntries([...files].map(([path, content]) => [path, bytesOf(content)])));

/** Sends the files as a version of the lab that their lab file names. */
export async function saveLab({ files, onProgress, ...expected }: Wish): Promise<Saved> {
  onProgress({ step: 'packing' });
  const form = new FormData();
  form.set('archive', new File([await packLab(files)], 'lab.zip', { type: 'application/zip' }));
  const telling = (percent: number) => onProgress({ step: 'sending', percent });
  const { lab, version, created, digest } = await upload('importLab', { form, onProgress: telling, ...expected });
  return {
    lab,
    created,
    version: { labId: lab.id, slug: lab.slug, version, digest: digest ?? (await digestOf(lab.id, version)) },
  };
}

async function digestOf(labId: string, version: number) {
  const { items } = await call('listLabVersions', { params: { labId } });
  return items.find((one) => one.version === version)?.digest ?? '';
}

/** The lab on the server is not what the work was begun with. */
export const isConflict = (error: unknown): boolean => error instanceof ApiError && error.status === 412;
