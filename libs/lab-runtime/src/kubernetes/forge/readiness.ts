import type { V1Probe } from '@kubernetes/client-node';
import type { ContainerSystemSpec } from '@lab-orchestrator/contracts';
import type { Wire } from '../client/kube-object.js';

export type Probes = { startupProbe?: Wire<V1Probe>; readinessProbe?: Wire<V1Probe> };

/** Where the images' VNC server listens. */
const desktopSocket = '/run/lab/desktop.sock';
/** A day: what is late is told by `inspect`, and a system that is late is not killed for it. */
const neverTimes = 86_400;

/**
 * Ready means that the access entries answer. The kubelet asks: it may reach its own pods whatever the policies say,
 * on every cluster, which the provisioner may not. What is started as a process (a shell, the VNC server's socket) is
 * asked once, because it stays startable; a port is asked again and again, because a service can end.
 */
export function probesFor(system: ContainerSystemSpec): Probes {
  const web = system.access.flatMap((entry) => (entry.kind === 'web' ? [entry.port] : []));
  const port = system.ready.tcp ?? web[0];
  const once = system.ready.tcp === undefined ? startupScript(system) : [];
  return {
    ...(once.length > 0
      ? {
          startupProbe: {
            exec: { command: ['sh', '-ec', once.join('\n')] },
            periodSeconds: 1,
            timeoutSeconds: 5,
            failureThreshold: neverTimes,
          },
        }
      : {}),
    ...(port === undefined
      ? {}
      : { readinessProbe: { tcpSocket: { port }, periodSeconds: 1, timeoutSeconds: 2, failureThreshold: 3 } }),
  };
}

function startupScript(system: ContainerSystemSpec): string[] {
  return system.access.flatMap((entry) => {
    // The name stands alone in single quotes: it is the lab's.
    if (entry.kind === 'terminal') return [`command -v -- ${quoted(entry.command[0] ?? 'sh')}`];
    if (entry.kind === 'desktop') return [`test -S ${desktopSocket}`];
    return [];
  });
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
