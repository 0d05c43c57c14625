import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Set by `npm run test:cluster`: the instance whose namespaces hold the sessions, on the cluster of KUBECONFIG. */
export const INSTANCE_VARIABLE = 'LAB_E2E_INSTANCE';

/** Everything of a session that the cluster still holds: its namespace, with all that is in it, and its volumes. */
export async function leftOnCluster(instance: string, sessionId: string): Promise<string[]> {
  const namespace = `${instance}-${sessionId}`;
  const [namespaces, labelled, volumes] = await Promise.all([
    list(['namespaces', '--field-selector', `metadata.name=${namespace}`]),
    list(['namespaces', '--selector', `lab-orchestrator.dev/session=${sessionId}`]),
    list(['persistentvolumes']),
  ]);
  const claimed = volumes.filter(({ spec }) => spec?.claimRef?.namespace === namespace);
  return [
    ...new Set([...namespaces, ...labelled].map(({ metadata }) => `namespace ${metadata.name}`)),
    ...claimed.map(({ metadata }) => `volume ${metadata.name}`),
  ];
}

interface Found {
  metadata: { name: string };
  spec?: { claimRef?: { namespace?: string } };
}

async function list(args: string[]): Promise<Found[]> {
  const { stdout } = await run('kubectl', ['get', ...args, '-o', 'json'], { maxBuffer: 64 * 2 ** 20 });
  return (JSON.parse(stdout) as { items: Found[] }).items;
}
