import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startNats, startRedis } from '@lab-orchestrator/dev';
import { Child } from '../support/child.ts';
import { residentBytesOf } from '../support/process-facts.ts';
import { type Behaviour, consoleName } from './behaviour.ts';
import type { Address, BrowserCommands } from './browser.process.ts';
import { startNginx } from './nginx.ts';
import type { PipeCommands } from './pipe.process.ts';
import type { ServiceCommands } from './service.process.ts';
import { startSessionOwner } from './session-owner.ts';
import type { SourceCommands } from './source.process.ts';

export type Browser = Child<BrowserCommands>;
export const names = ['direct', 'pipe', 'nginx', 'service'] as const;
export type Name = (typeof names)[number];

/** Something that stands between browsers and systems. */
export interface Contender {
  readonly name: Name;
  /** The process whose CPU time and memory count. */
  readonly pid: number;
  addresses(behaviour: Behaviour, count: number): Promise<Address[]>;
  /** Memory in use, without garbage where there is any. */
  heldBytes(): Promise<number>;
  stop(): Promise<void>;
}

const scripts = import.meta.dirname;
const origin = 'http://localhost:8080';

/** Everything that the measurements have in common: the far end of consoles, the service's neighbours, who is compared. */
export class Stage implements AsyncDisposable {
  private readonly stops: (() => Promise<void>)[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), 'lab-bench-'));
  private started = 0;
  source!: Child<SourceCommands>;
  private natsUrl = '';
  private redisUrl = '';

  static async open(): Promise<Stage> {
    const stage = new Stage();
    const [nats, redis] = await Promise.all([startNats(), startRedis()]);
    stage.stops.push(
      () => nats.stop(),
      () => redis.stop(),
    );
    [stage.natsUrl, stage.redisUrl] = [nats.url, redis.url];
    const owner = await startSessionOwner(nats.url);
    stage.stops.push(() => owner.stop());
    const values = [stage.socketPath];
    stage.source = await Child.start<SourceCommands>(join(scripts, 'source.process.ts'), { where: 'load', values });
    stage.stops.push(() => stage.source.end());
    return stage;
  }

  /** A process with browser tabs in it. */
  async browser(niceness = 0): Promise<Browser> {
    const browser = await Child.start<BrowserCommands>(join(scripts, 'browser.process.ts'), {
      where: 'load',
      niceness,
    });
    this.stops.push(() => browser.kill());
    return browser;
  }

  /** @param withoutTickets leaves consoles' names where a plain server finds them: in the path */
  async contender(name: Name): Promise<Contender> {
    const contender = await this.start(name);
    this.stops.push(() => contender.stop());
    return contender;
  }

  async [Symbol.asyncDispose]() {
    for (const stop of this.stops.toReversed()) await stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private get socketPath() {
    return join(this.folder, 'source.sock');
  }

  private async start(name: Name): Promise<Contender> {
    const webPort = await this.source.call('webPort');
    switch (name) {
      case 'direct':
        return plain(
          name,
          webPort,
          this.source.pid,
          () => Promise.resolve(),
          () => this.source.call('taken'),
        );
      case 'nginx': {
        const folder = join(this.folder, `nginx-${this.started++}`);
        mkdirSync(folder);
        const nginx = await startNginx(folder, webPort);
        return plain(name, nginx.port, nginx.pid, nginx.stop, () => Promise.resolve(residentBytesOf(nginx.pid)));
      }
      case 'pipe': {
        const pipe = await this.measured<PipeCommands>('pipe', [this.socketPath]);
        return plain(
          name,
          await pipe.call('port'),
          pipe.pid,
          () => pipe.end(),
          () => pipe.call('heldBytes'),
        );
      }
      case 'service':
        return this.service();
    }
  }

  private async service(): Promise<Contender> {
    const child = await this.measured<ServiceCommands>('service', [
      this.natsUrl,
      this.redisUrl,
      this.socketPath,
      this.folder,
    ]);
    const url = `ws://127.0.0.1:${await child.call('port')}/consoles/connect`;
    return {
      name: 'service',
      pid: child.pid,
      heldBytes: () => child.call('heldBytes'),
      stop: () => child.end(),
      async addresses(behaviour, count) {
        const wanted = Array.from({ length: count }, () => consoleName(behaviour, 'service'));
        const tickets = await child.call('tickets', wanted);
        return tickets.map(({ protocol, ticket }) => ({
          url,
          origin,
          protocols: [`lab.${protocol}`, `ticket.${ticket}`],
        }));
      },
    };
  }

  private measured<C extends PipeCommands>(name: 'pipe' | 'service', values: string[]) {
    const profiles = process.env['LAB_BENCH_PROFILES'];
    const profile = profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${join(profiles, name)}`];
    const nodeOptions = ['--expose-gc', ...profile];
    return Child.start<C>(join(scripts, `${name}.process.ts`), { where: 'measured', values, nodeOptions });
  }
}

function plain(
  name: Name,
  port: number,
  pid: number,
  stop: () => Promise<void>,
  heldBytes: () => Promise<number>,
): Contender {
  return {
    name,
    pid,
    stop,
    heldBytes,
    addresses: (behaviour, count) => {
      const url = `ws://127.0.0.1:${port}/${consoleName(behaviour, name)}`;
      return Promise.resolve(Array.from({ length: count }, () => ({ url, origin, protocols: [] })));
    },
  };
}
