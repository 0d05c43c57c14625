import { measureChanges } from './cluster/changes.ts';
import { measureRestart } from './cluster/restart.ts';
import { Stage } from './cluster/stage.ts';
import type { Bench, Row } from './support/bench.ts';

const parts = { P4: measureChanges, P12: measureRestart };
/** Such as `P4`; all of them without it. */
const wanted = process.env['LAB_BENCH_PARTS']?.split(',');

/** Needs a cluster that is for tests (KUBECONFIG), with the stand-in for KubeVirt. */
export const bench: Bench = {
  title: 'P4, P12: what the runtime knows of a cluster: after a change, and after its own restart',
  async run(say, how) {
    await using stage = await Stage.open();
    const { template } = await stage.machines();
    const rows: Row[] = [];
    for (const [name, part] of Object.entries(parts)) {
      if (wanted !== undefined && !wanted.includes(name)) continue;
      rows.push(...(await part(stage.stand, template, how)));
    }
    return rows;
  },
};
