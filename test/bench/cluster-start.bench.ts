import { countCalls } from './cluster/calls.ts';
import { measureClass } from './cluster/class.ts';
import { Stage } from './cluster/stage.ts';
import { measureStarts } from './cluster/starts.ts';
import type { Bench, Row } from './support/bench.ts';

const parts = { P1: measureStarts, P2: measureClass, P3: countCalls };
/** Such as `P1,P3`; all of them without it. */
const wanted = process.env['LAB_BENCH_PARTS']?.split(',');

/** Needs a cluster that is for tests (KUBECONFIG), with its audit log and the stand-in for KubeVirt. */
export const bench: Bench = {
  title:
    'P1 to P3, P12: starts and ends of sessions on Kubernetes, the runtime and a bare client with the same objects',
  async run(say, how) {
    await using stage = await Stage.open();
    const rows: Row[] = [];
    for (const [name, part] of Object.entries(parts)) {
      if (wanted !== undefined && !wanted.includes(name)) continue;
      rows.push(...(await part(stage, how)));
    }
    return rows;
  },
};
