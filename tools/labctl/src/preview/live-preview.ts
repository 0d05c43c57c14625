import type { AddressInfo } from 'node:net';
import { CommandError, exitCodes } from '../output/exit-codes.js';
import { type BuiltLab, buildLab, unread } from './built-lab.js';
import { PreviewServer } from './preview-server.js';
import { watchFolder } from './watch-folder.js';

export interface LivePreview {
  readonly url: string;
  /** Rejects when it cannot go on. */
  readonly failed: Promise<never>;
  close(): void;
}

/**
 * Serves the pages of a folder on this machine, and compiles them again when something is saved.
 * @param onBuild is told of each state of the folder, one after the other
 */
export async function startPreview(
  folder: string,
  port: number,
  onBuild: (built: BuiltLab) => Promise<void>,
): Promise<LivePreview> {
  const server = new PreviewServer(unread);
  const url = await listen(server, port);
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  let changed = true;
  const work = async () => {
    if (!changed) return;
    changed = false;
    const built = await buildLab(folder);
    server.show(built);
    await onBuild(built);
  };
  let working = Promise.resolve();
  const next = () => {
    changed = true;
    working = working.then(work).catch(fail);
  };
  const unwatch = watchFolder(folder, next, fail);
  next();
  return {
    url,
    failed,
    close: () => {
      unwatch();
      server.close();
    },
  };
}

function listen({ http }: PreviewServer, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new CommandError(exitCodes.usage, `Port ${port} is taken; --port 0 takes a free one.`, 'port_taken')
          : error,
      ),
    );
    // Nobody else on the network can reach this address.
    http.listen(port, '127.0.0.1', () => resolve(`http://localhost:${portOf(http.address(), port)}/`));
  });
}

const portOf = (address: AddressInfo | string | null, port: number) =>
  typeof address === 'object' && address !== null ? address.port : port;
