import 'reflect-metadata';
import type { DataOf } from '@lab-orchestrator/contracts';
import { BaseConfig, HandleEvent, type ReceivedEvent, startService } from '@lab-orchestrator/platform';
import { Controller } from '@nestjs/common';
import { serveCommands } from '../support/commands.ts';
import { wallClockMs } from '../support/wall-clock.ts';
import { Written } from './written.ts';

const [natsUrl = ''] = process.argv.slice(2);
const seen = new Set<string>();
let tookMs: number[] = [];

/** A service that hears of it; it does nothing with it, so that the way there is measured. */
class Consumer {
  onWritten({ atMs }: DataOf<typeof Written>, { id }: ReceivedEvent<typeof Written>) {
    if (seen.has(id)) return;
    seen.add(id);
    tookMs.push(wallClockMs() - atMs);
  }
}
// Decorators by hand: Node.js runs this file as it is, and does not know their syntax.
const { onWritten } = Consumer.prototype;
HandleEvent(Written)(Consumer.prototype, 'onWritten', { value: onWritten });
Reflect.defineMetadata('design:paramtypes', [Object, Object], Consumer.prototype, 'onWritten');
Controller()(Consumer);

class ConsumerModule {}
await startService({
  name: 'bench-consumer',
  config: BaseConfig.parse({ LAB_NATS_URL: natsUrl, LAB_LOG_LEVEL: 'warn' }),
  module: { module: ConsumerModule, controllers: [Consumer] },
});

const commands = {
  seen: () => seen.size,
  /** How long each took since the last question, from the begin of its transaction to here. */
  tookMs() {
    const taken = tookMs;
    tookMs = [];
    return taken;
  },
};
export type ConsumerCommands = typeof commands;
serveCommands(commands);
