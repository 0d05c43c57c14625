import Docker from 'dockerode';
import { RuntimeError } from '../../port/runtime-error.js';

/** API version every supported engine speaks: Docker since 20.10, Podman since 4.0. */
const apiVersion = 'v1.41';
const libpodVersion = 'v4.0.0';

/** A client for `unix:///path`, `tcp://host:port`, `http(s)://host:port`. */
export function connectEngine(url: string, version: string = apiVersion): Docker {
  const socket = socketOf(url);
  if (socket !== undefined) return new Docker({ socketPath: socket, version });
  const parsed = new URL(url.replace(/^tcp:/, 'http:'));
  const protocol = parsed.protocol === 'https:' ? 'https' : 'http';
  return new Docker({ host: parsed.hostname, port: parsed.port || '2375', protocol, version });
}

/** The same engine through Podman's own API: it sets interface names and ranges of user ids. */
export function connectLibpod(url: string): Docker {
  return connectEngine(url, libpodVersion);
}

/** Path of the socket, or undefined for an engine that is reached over TCP. */
export function socketOf(url: string): string | undefined {
  return url.startsWith('unix://') ? url.slice('unix://'.length) : url.startsWith('/') ? url : undefined;
}

/** Does an engine answer there? */
export async function pings(url: string): Promise<boolean> {
  try {
    await dial(connectEngine(url), {
      path: '/_ping',
      method: 'GET',
      statusCodes: { 200: true },
      abortSignal: AbortSignal.timeout(3000),
    });
    return true;
  } catch {
    return false;
  }
}

type Dialled = {
  path: string;
  method: string;
  options?: object;
  abortSignal?: AbortSignal;
  statusCodes: Record<number, true | string>;
};

/** A call that dockerode has no method for. The answer is whatever the engine sent: parse it. */
export function dial(engine: Docker, call: Dialled): Promise<unknown> {
  return new Promise((resolve, reject) => {
    engine.modem.dial(call, (error: unknown, data: unknown) => (error ? reject(toError(error)) : resolve(data)));
  });
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new RuntimeError('unreachable', String(error), true);
}
