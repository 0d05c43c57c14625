import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuiltImage, writeArchive } from './archive.ts';
import { type Layer, packLayer } from './layers.ts';
import { addonsOf, layOutNode, serviceUser } from './node-files.ts';
import { productionFiles, testFiles, unusedFiles } from './production-files.ts';

/** How a container of the platform's image starts; the chart adds the service's main file. */
export const platformConfig = {
  User: `${serviceUser}:${serviceUser}`,
  WorkingDir: '/app',
  Env: ['NODE_ENV=production', 'PATH=/usr/bin'],
  Entrypoint: ['/usr/bin/node', '--enable-source-maps'],
  Labels: {
    'org.opencontainers.image.title': 'Lab Orchestrator',
    'org.opencontainers.image.licenses': 'Apache-2.0',
  },
};

/**
 * The one image with every service and the web app. One, because the services share nearly all of its bytes: a node
 * fetches them once, there is one version to name, scan and roll back, and what a process may do is decided by its
 * service account and its secrets, not by the files beside it.
 * @param checkout everything in it is built
 * @param folder for archives and layers
 * @param node the Node.js program to ship
 */
export async function platformImage(checkout: string, folder: string, node: string): Promise<BuiltImage> {
  return writeArchive(folder, 'platform', await platformLayers(checkout, join(folder, 'layers'), node), platformConfig);
}

/** Its parts, the one that changes least first: Node.js, the packages of others, what we built. */
export async function platformLayers(checkout: string, folder: string, node: string): Promise<Layer[]> {
  await mkdir(folder, { recursive: true });
  const files = await productionFiles(checkout);
  await layOutNode(node, await addonsOf(checkout, files.packages), join(folder, 'node'));
  const base = await packLayer(join(folder, 'node.tar'), { from: join(folder, 'node'), paths: ['.'] });
  const packages = await packLayer(join(folder, 'packages.tar'), {
    from: checkout,
    paths: files.packages,
    into: 'app',
    exclude: unusedFiles,
  });
  // Its times stay: browsers ask with them whether the page they keep is still the newest.
  const own = await packLayer(join(folder, 'own.tar'), {
    from: checkout,
    paths: files.own,
    into: 'app',
    exclude: [...testFiles, '*.d.ts', '*.d.ts.map'],
    keepTimes: true,
  });
  return [base, packages, own];
}
