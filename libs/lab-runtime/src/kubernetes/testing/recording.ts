import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { KubeEvent } from '../client/kinds.js';
import type { DataVolume } from '../types/cdi/data-volume.js';
import type { VirtualMachine } from '../types/kubevirt/virtual-machine.js';
import type { VirtualMachineInstance } from '../types/kubevirt/virtual-machine-instance.js';

type Recorded = VirtualMachine | VirtualMachineInstance | DataVolume | KubeEvent;
const Line = z.object({
  atMs: z.number(),
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED']),
  object: z.custom<Recorded>((value) => typeof value === 'object'),
});
export type RecordedLine = z.infer<typeof Line>;

/** What a watcher knows after some lines of a recording. */
export type World = {
  nowMs: number;
  vm?: VirtualMachine;
  vmi?: VirtualMachineInstance;
  dataVolumes: DataVolume[];
  events: KubeEvent[];
};

/** The lines of a recording (see `inspect/vm/recordings`). */
export function recording(name: string): RecordedLine[] {
  const text = readFileSync(new URL(`../inspect/vm/recordings/${name}.jsonl`, import.meta.url), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => Line.parse(JSON.parse(line)));
}

/** Plays lines and yields the world after each. The clock is the recording's own. */
export function* worldsOf(lines: readonly RecordedLine[]): Generator<World> {
  const first = lines.find(({ object }) => 'creationTimestamp' in object.metadata);
  const created = first?.object.metadata.creationTimestamp;
  const startMs = new Date(created ?? 0).getTime() - (first?.atMs ?? 0);
  const held = new Map<string, Recorded>();
  for (const { atMs, type, object } of lines) {
    const key = `${object.kind}/${object.metadata.name}`;
    if (type === 'DELETED') held.delete(key);
    else held.set(key, object);
    const objects = [...held.values()];
    yield {
      nowMs: startMs + atMs,
      vm: objects.find((one): one is VirtualMachine => one.kind === 'VirtualMachine'),
      vmi: objects.find((one): one is VirtualMachineInstance => one.kind === 'VirtualMachineInstance'),
      dataVolumes: objects.filter((one): one is DataVolume => one.kind === 'DataVolume'),
      events: objects.filter((one): one is KubeEvent => one.kind === 'Event'),
    };
  }
}
