import { type Lab, routes } from '@lab-orchestrator/contracts';
import { platform, type World } from '../api/context.js';
import { allLabs } from '../api/find-lab.js';
import type { Output } from '../output/output.js';
import { table } from '../output/table.js';

export async function listLabs(world: World, output: Output): Promise<void> {
  const labs: Lab[] = [];
  for await (const lab of allLabs(await platform(world))) labs.push(lab);
  output.result(labs, () =>
    table(
      ['NAME', 'VERSION', 'VISIBILITY', 'SYSTEMS', 'TITLE'],
      labs.map(({ slug, version, visibility, systems, title }) => [
        slug,
        String(version),
        visibility,
        String(systems.length),
        title,
      ]),
    ),
  );
}

export async function listSessions({ all }: { all: boolean }, world: World, output: Output): Promise<void> {
  const api = await platform(world);
  const { items } = await api.call(routes.listSessions, { query: { limit: 200, ...(!all && { state: 'open' }) } });
  output.result(items, () =>
    table(
      ['SESSION', 'LAB', 'PHASE', 'OWNER', 'UNTIL'],
      items.map(({ id, lab, phase, ownerName, deadlineAt }) => [id, lab.slug, phase, ownerName, deadlineAt]),
    ),
  );
}
