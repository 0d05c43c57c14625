import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type BuiltImage, writeArchive } from './archive.ts';
import { packLayer } from './layers.ts';
import { layOutNode, serviceUser } from './node-files.ts';
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
  const layers = join(folder, 'layers');
  await mkdir(layers, { recursive: true });
  await layOutNode(node, join(layers, 'node'));
  const base = await packLayer(join(layers, 'node.tar'), { from: join(layers, 'node'), paths: ['.'] });
  const files = await productionFiles(checkout);
  const packages = await packLayer(join(layers, 'packages.tar'), {
    from: checkout,
    paths: files.packages,
    into: 'app',
    exclude: unusedFiles,
  });
  // Its times stay: browsers ask with them whether the page they keep is still the newest.
  const own = await packLayer(join(layers, 'own.tar'), {
    from: checkout,
    paths: files.own,
    into: 'app',
    exclude: [...testFiles, '*.d.ts', '*.d.ts.map'],
    keepTimes: true,
  });
  return writeArchive(folder, 'platform', [base, packages, own], platformConfig);
}
