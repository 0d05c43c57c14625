import { measureBytes } from './console/bytes.ts';
import { measureIdle } from './console/idle.ts';
import { measureKeyPresses } from './console/key-presses.ts';
import { measureNeighbours } from './console/neighbours.ts';
import { Stage } from './console/stage.ts';
import type { Bench, Row } from './support/bench.ts';
import { pins } from './support/cpus.ts';

const parts = { P5: measureBytes, P6: measureKeyPresses, P7: measureNeighbours, P8: measureIdle };
/** Such as `P5,P8`; all of them without it. */
const wanted = process.env['LAB_BENCH_PARTS']?.split(',');

/**
 * The real console service with its real Redis and NATS, tickets, rights and activity reports. Only the lab behind it
 * is the bench's own: a socket to a source of bytes, because what the service adds is measured, not what labs do.
 */
export const bench: Bench = {
  title: 'P5 to P8: consoles through the service, a bare Node pipe and nginx',
  async run(say, how) {
    if (pins === undefined) say('load and measured processes share CPUs here: taskset or a second CPU is missing');
    await using stage = await Stage.open();
    const rows: Row[] = [];
    for (const [name, part] of Object.entries(parts)) {
      if (wanted !== undefined && !wanted.includes(name)) continue;
      rows.push(...(await part(stage, how)));
    }
    return rows;
  },
};
