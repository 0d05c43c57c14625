import type { Lab } from '@lab-orchestrator/contracts';
import { download } from '../api/call.js';
import { saveFile } from '../ui/save-file.js';

/** Hands a version to the person as the zip that can be imported again. */
export async function exportLab({ id, slug }: Pick<Lab, 'id' | 'slug'>, version: number): Promise<void> {
  saveFile(await download('getLabArchive', { params: { labId: id, version } }), `${slug}-v${version}.zip`);
}
