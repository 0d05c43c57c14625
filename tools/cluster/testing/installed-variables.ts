import type { Options } from '../options.ts';
import { chartName, type Installed } from '../run.ts';

/** How the specs of the project `installed` find an installation: its address and logins, and where it is on the cluster. */
export function installedVariables(
  product: Installed,
  { namespace, release, instance }: Options,
): Record<'LAB_E2E_PRODUCT' | 'LAB_E2E_INSTANCE' | 'LAB_TEST_INSTALLED', string> {
  return {
    LAB_E2E_PRODUCT: JSON.stringify(product),
    LAB_E2E_INSTANCE: instance,
    LAB_TEST_INSTALLED: JSON.stringify({ namespace, name: chartName(release), instance }),
  };
}
