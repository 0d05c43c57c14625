import type { Options } from '../options.ts';
import { chartName, type Installed } from '../run.ts';

/** Where an installation is on the cluster of KUBECONFIG; `name` begins the names of its objects. */
export type Installation = Pick<Options, 'namespace' | 'release' | 'instance'> & { name: string };

const VARIABLE = 'LAB_TEST_INSTALLED';

/** How the specs of the project `installed` find an installation: its address and logins, and where it is on the cluster. */
export function installedVariables(
  product: Installed,
  { namespace, release, instance }: Options,
): Record<'LAB_E2E_PRODUCT' | 'LAB_E2E_INSTANCE' | typeof VARIABLE, string> {
  const where: Installation = { namespace, release, instance, name: chartName(release) };
  return {
    LAB_E2E_PRODUCT: JSON.stringify(product),
    LAB_E2E_INSTANCE: instance,
    [VARIABLE]: JSON.stringify(where),
  };
}

/** A service account of the installation, as the API server calls it. */
export const accountOf = ({ namespace, name }: Installation, service: string) =>
  `system:serviceaccount:${namespace}:${name}-${service}`;

/** The installation that the set-up of the project made or was told. */
export function installation(): Installation {
  const told = process.env[VARIABLE];
  if (told === undefined) throw new Error('installation() needs the global set-up of the test project "installed"');
  return JSON.parse(told);
}
