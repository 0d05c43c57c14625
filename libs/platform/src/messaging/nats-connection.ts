import { Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type NatsConnection } from '@nats-io/transport-node';

export interface NatsOptions {
  /** One or more addresses, separated by commas; user and password in the address. */
  url: string;
  /** Shown in the broker's list of connections. */
  name: string;
}

/** The one connection of a process. It reconnects for ever: a broker that is away is a state, not an error. */
export async function connectNats({ url, name }: NatsOptions): Promise<NatsConnection> {
  const addresses = url.split(',').map((address) => new URL(address));
  const [{ username, password }] = [addresses[0] ?? new URL(url)];
  const connection = await connect({
    name,
    servers: addresses.map((address) => address.host),
    ...(username && { user: decodeURIComponent(username), pass: decodeURIComponent(password) }),
    ...(addresses.some((address) => address.protocol === 'tls:') && { tls: {} }),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 250,
    waitOnFirstConnect: true,
    // A peer that vanished without closing is noticed within 20 s.
    pingInterval: 10_000,
    maxPingOut: 2,
  });
  void logStatus(connection);
  return connection;
}

async function logStatus(connection: NatsConnection) {
  const logger = new Logger('NATS');
  for await (const status of connection.status()) {
    if (status.type === 'disconnect' || status.type === 'staleConnection')
      logger.warn(`connection lost (${status.type})`);
    if (status.type === 'reconnect') logger.log(`connected again to ${status.server}`);
    if (status.type === 'error') logger.error({ err: status.error }, 'the broker reports an error');
    if (status.type === 'slowConsumer') logger.warn(`slow consumer: ${status.pending} messages wait`);
  }
}

/** Calls `listener` after every reconnect until the connection closes: what was in flight is lost, ask again. */
export async function onReconnect(connection: NatsConnection, listener: () => void) {
  for await (const status of connection.status()) if (status.type === 'reconnect') listener();
}

const drainLimitMs = 2_000;

/** Waits for `draining`, but not for a broker that is away: what it would confirm is lost with it anyway. */
export async function drained(draining: Promise<unknown>): Promise<void> {
  const stop = new AbortController();
  const limit = sleep(drainLimitMs, undefined, { signal: stop.signal });
  await Promise.race([draining, limit]).catch(() => undefined);
  stop.abort();
  await limit.catch(() => undefined);
}

/** Sends what is still on its way, then closes. */
export async function closeNats(connection: NatsConnection): Promise<void> {
  await drained(connection.drain());
  await connection.close();
}
