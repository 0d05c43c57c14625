import { type Lab, routes } from '@lab-orchestrator/contracts';
import { CommandError, exitCodes } from '../output/exit-codes.js';
import type { ApiClient } from './api-client.js';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A lab by its id, or by its name in the address and in lab.yaml (`two-hosts`). */
export async function findLab(api: ApiClient, nameOrId: string): Promise<Lab> {
  if (uuid.test(nameOrId)) return api.call(routes.getLab, { params: { labId: nameOrId } });
  const found: Lab[] = [];
  for await (const lab of allLabs(api)) if (lab.slug === nameOrId) found.push(lab);
  const [lab, ...others] = found;
  if (lab === undefined)
    throw new CommandError(
      exitCodes.refused,
      `There is no lab "${nameOrId}". \`labctl list labs\` shows them.`,
      'lab_not_found',
    );
  if (others.length > 0) {
    const ids = found.map(({ id, title }) => `  ${id}  ${title}`).join('\n');
    throw new CommandError(
      exitCodes.usage,
      `Several labs are called "${nameOrId}"; name one by its id:\n${ids}`,
      'ambiguous',
    );
  }
  return lab;
}

export async function* allLabs(api: ApiClient): AsyncGenerator<Lab> {
  let cursor: string | undefined;
  do {
    const page = await api.call(routes.listLabs, { query: { limit: 200, ...(cursor !== undefined && { cursor }) } });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}
