import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ImportedLab, routes } from '@lab-orchestrator/contracts';
import type { ApiClient } from './api-client.ts';
import type { Authors } from './sample-authors.ts';
import { zipOf } from './folder-zip.ts';

export interface ImportedLabs {
  total: number;
  added: number;
  /** One sentence for each lab that could not be imported; the others are there. */
  problems: string[];
}

/** Imports each lab of the folder as its author would; the same content is not imported twice. */
export async function importSampleLabs(authors: Authors, folder: string): Promise<ImportedLabs> {
  const names = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'lab.yaml')));
  const result: ImportedLabs = { total: names.length, added: 0, problems: [] };
  for (const name of names) {
    try {
      const author = authors.of(name);
      if (author && (await importLab(author, name, join(folder, name)))) result.added += 1;
    } catch (error) {
      result.problems.push(
        `The lab ${name} was not imported: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
  return result;
}

async function importLab(api: ApiClient, name: string, folder: string): Promise<boolean> {
  const form = new FormData();
  form.set('archive', new Blob([await zipOf(folder)], { type: 'application/zip' }), `${name}.zip`);
  const { lab, created } = ImportedLab.parse(await api.send('POST', routes.importLab.path, form));
  // Later starts leave it as its owner made it.
  if (created && lab.version === 1) await publish(api, lab.id);
  return created;
}

async function publish(api: ApiClient, labId: string): Promise<void> {
  await api.send('PATCH', routes.updateLab.path.replace('{labId}', labId), JSON.stringify({ visibility: 'public' }));
}
