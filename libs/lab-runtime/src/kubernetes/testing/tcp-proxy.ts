import { once } from 'node:events';
import { connect, createServer, isIP, type Server, type Socket } from 'node:net';
import { KubeConfig } from '@kubernetes/client-node';
import { portOf } from '../../testing/port-of.js';

export type TcpProxy = {
  /** The same cluster and the same user, through the proxy; TLS goes through untouched. */
  config: KubeConfig;
  /** As when the server ends: connections break, new ones are refused. */
  refuse(): Promise<void>;
  /** As when packets are lost: new connections are taken, and nothing comes back. */
  swallow(): Promise<void>;
  /** Lets everything through again. */
  restore(): Promise<void>;
  close(): Promise<void>;
};

/** Stands between a runtime and the API server, which is then away for this runtime only. */
export async function tcpProxy(behind: KubeConfig): Promise<TcpProxy> {
  const cluster = behind.getCurrentCluster();
  const user = behind.getCurrentUser();
  if (!cluster || !user) throw new TypeError('The KubeConfig has no current cluster and user.');
  const { hostname, port } = new URL(cluster.server);
  const sockets = new Set<Socket>();
  let swallows = false;
  let server: Server | undefined;

  const accept = (client: Socket) => {
    const away = swallows ? undefined : connect(Number(port || 443), hostname);
    for (const socket of [client, away]) {
      if (!socket) continue;
      sockets.add(socket);
      socket.once('error', () => undefined);
      socket.once('close', () => {
        sockets.delete(socket);
        client.destroy();
        away?.destroy();
      });
    }
    if (away) client.pipe(away).pipe(client);
  };
  const cut = () => sockets.forEach((socket) => socket.destroy());
  const listen = async (at: number) => {
    server ??= createServer(accept).listen(at, '127.0.0.1');
    if (!server.listening) await once(server, 'listening');
    return portOf(server);
  };
  const stop = async () => {
    const ended = server;
    server = undefined;
    ended?.close();
    cut();
    if (ended) await once(ended, 'close');
  };

  const own = await listen(0);
  const config = new KubeConfig();
  // A name that the certificate of every API server has.
  const tlsServerName = cluster.tlsServerName ?? (isIP(hostname) ? 'kubernetes.default.svc' : hostname);
  config.loadFromClusterAndUser({ ...cluster, server: `https://127.0.0.1:${own}`, tlsServerName }, user);
  return {
    config,
    refuse: stop,
    swallow: async () => {
      swallows = true;
      cut();
      await listen(own);
    },
    restore: async () => {
      swallows = false;
      cut();
      await listen(own);
    },
    close: stop,
  };
}
