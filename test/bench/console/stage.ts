import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startNats, startRedis } from '@lab-orchestrator/dev';
import { nodeOptionsOf } from '../../../tools/launcher/services/service-list.ts';
import { Child } from '../support/child.ts';
import { residentBytesOf } from '../support/process-facts.ts';
import { type Behaviour, consoleName, socketOf } from './behaviour.ts';
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

const origin = 'http://localhost:8080';
/** What makes load without end shares a CPU with the probe: it must not be what the probe waits for. */
export const greedyNiceness = 10;

type Stop = () => Promise<void>;
interface Sources {
  plain: Child<SourceCommands>;
  /** Apart, and behind everybody else: what it costs to print without end must not slow down the other far ends. */
  greedy: Child<SourceCommands>;
}

/** Everything that the measurements have in common: the far end of consoles, the service's neighbours, who is compared. */
export class Stage implements AsyncDisposable {
  readonly source: Child<SourceCommands>;
  private readonly stops: Stop[];
  private readonly folder: string;
  private readonly sources: Sources;
  private readonly urls: { nats: string; redis: string };

  private constructor(stops: Stop[], folder: string, sources: Sources, urls: { nats: string; redis: string }) {
    this.stops = stops;
    this.folder = folder;
    this.sources = sources;
    this.urls = urls;
    this.source = sources.plain;
  }

  static async open(): Promise<Stage> {
    const folder = mkdtempSync(join(tmpdir(), 'lab-bench-'));
    const [nats, redis] = await Promise.all([startNats(), startRedis()]);
    const owner = await startSessionOwner(nats.url);
    const plain = await startSource(socketOf(folder, 'echo'), 0);
    const greedy = await startSource(socketOf(folder, 'greedy'), greedyNiceness);
    const remove = () => Promise.resolve(rmSync(folder, { recursive: true, force: true }));
    const stops = [
      remove,
      () => nats.stop(),
      () => redis.stop(),
      () => owner.stop(),
      () => plain.end(),
      () => greedy.end(),
    ];
    return new Stage(stops, folder, { plain, greedy }, { nats: nats.url, redis: redis.url });
  }

  /** Waits until nothing between a greedy console and a reader that stopped takes any more. */
  async greedyIsStuck() {
    const printed = () => this.sources.greedy.call('greedyPrinted');
    for (let before = Number.NaN, now = await printed(); now !== before || now === 0; now = await printed()) {
      before = now;
      await sleep(500);
    }
  }

  /** A process with browser tabs in it. */
  async browser(niceness = 0): Promise<Browser> {
    const browser = await Child.start<BrowserCommands>(script('browser'), { where: 'load', niceness });
    this.stops.push(() => browser.kill());
    return browser;
  }

  async contender(name: Name): Promise<Contender> {
    const contender = await this.start(name);
    this.stops.push(() => contender.stop());
    return contender;
  }

  async [Symbol.asyncDispose]() {
    for (const stop of this.stops.toReversed()) await stop();
  }

  private async start(name: Name): Promise<Contender> {
    switch (name) {
      case 'direct': {
        const { plain } = this.sources;
        const nothing = () => Promise.resolve();
        return byPath(name, { port: await plain.call('webPort'), pid: plain.pid, stop: nothing, heldBytes: noMemory });
      }
      case 'nginx': {
        const [plain, greedy] = [await this.sources.plain.call('webPort'), await this.sources.greedy.call('webPort')];
        const nginx = await startNginx(mkdtempSync(join(this.folder, 'nginx-')), { plain, greedy });
        return byPath(name, { ...nginx, heldBytes: () => Promise.resolve(residentBytesOf(nginx.pid)) });
      }
      case 'pipe': {
        const pipe = await measured<PipeCommands>('pipe', [this.folder]);
        const heldBytes = () => pipe.call('heldBytes');
        return byPath(name, { port: await pipe.call('port'), pid: pipe.pid, stop: () => pipe.end(), heldBytes });
      }
      case 'service': {
        const { nats, redis } = this.urls;
        return byTicket(await measured<ServiceCommands>('service', [nats, redis, this.folder]));
      }
    }
  }
}

const script = (name: string) => join(import.meta.dirname, `${name}.process.ts`);
const noMemory = () => Promise.reject(new Error('nothing stands in between'));

function startSource(socketPath: string, niceness: number) {
  return Child.start<SourceCommands>(script('source'), { where: 'load', values: [socketPath], niceness });
}

function measured<C extends PipeCommands>(name: 'pipe' | 'service', values: string[]) {
  const profiles = process.env['LAB_BENCH_PROFILES'];
  const profile = profiles === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${join(profiles, name)}`];
  const asDeployed = name === 'service' ? nodeOptionsOf('console-service') : [];
  const nodeOptions = ['--expose-gc', ...asDeployed, ...profile];
  return Child.start<C>(script(name), { where: 'measured', values, nodeOptions });
}

/** Those who know no tickets are told the console's name by the path. */
function byPath(name: Name, { port, ...process }: Omit<Contender, 'name' | 'addresses'> & { port: number }): Contender {
  return {
    name,
    ...process,
    addresses: (behaviour, count) => {
      const url = `ws://127.0.0.1:${port}/${consoleName(behaviour, name)}`;
      return Promise.resolve(Array.from({ length: count }, () => ({ url, origin, protocols: [] })));
    },
  };
}

async function byTicket(child: Child<ServiceCommands>): Promise<Contender> {
  const url = `ws://127.0.0.1:${await child.call('port')}/consoles/connect`;
  return {
    name: 'service',
    pid: child.pid,
    heldBytes: () => child.call('heldBytes'),
    stop: () => child.end(),
    async addresses(behaviour, count) {
      const wanted = Array.from({ length: count }, () => consoleName(behaviour, 'service'));
      const tickets = await child.call('tickets', wanted);
      return tickets.map(({ protocol, ticket }) => {
        return { url, origin, protocols: [`lab.${protocol}`, `ticket.${ticket}`] };
      });
    },
  };
}
