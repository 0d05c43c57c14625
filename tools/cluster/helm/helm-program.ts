import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Advice } from '../../setup/advice.mjs';
import { outputOf } from '../images/command.ts';

/** What helm's own build writes into it: its version, and the Kubernetes that it renders for without a cluster. */
const stamps = [
  '-s -w',
  '-X helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor=1',
  '-X helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor=34',
];

/** The helm that the chart is developed with. */
export const HELM_VERSION = 'v3.22.0';

/**
 * The helm to use: the one LAB_HELM names, the one on the PATH, or one that Go builds once from its module.
 * @returns path or name of the program
 */
export async function helmProgram(
  checkout: string,
  env: NodeJS.ProcessEnv,
  tell: (what: string) => void = () => undefined,
): Promise<string> {
  if (env['LAB_HELM']) return env['LAB_HELM'];
  if (await works('helm')) return 'helm';
  const folder = join(checkout, '.cache/helm', HELM_VERSION);
  const program = join(folder, 'helm');
  if (existsSync(program)) return program;
  if (!(await works('go')))
    throw new Advice(
      'helm is needed. Install helm 3, or install Go: then helm is built here from its module. LAB_HELM names another one.',
    );
  tell(`builds helm ${HELM_VERSION}, once`);
  await outputOf(
    ['go', 'install', '-trimpath', `-ldflags=${stamps.join(' ')}`, `helm.sh/helm/v3/cmd/helm@${HELM_VERSION}`],
    {
      env: { ...env, GOBIN: folder },
    },
  );
  return program;
}

async function works(program: string): Promise<boolean> {
  return outputOf([program, 'version']).then(
    () => true,
    () => false,
  );
}
