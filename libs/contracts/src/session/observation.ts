import { z } from 'zod';
import { Reason } from './reason.js';
import { DnsLabel } from './session-spec.js';

/** The stages of a system's start, in order. */
export const stages = ['image', 'disk', 'boot', 'ready'] as const;
export type Stage = (typeof stages)[number];

export const systemStates = ['absent', 'starting', 'ready', 'paused', 'stopped', 'broken'] as const;
export const SystemObservation = z.strictObject({
  name: DnsLabel,
  state: z.enum(systemStates),
  /** The stage it is in; `ready` when it answers. */
  stage: z.enum(stages),
  percent: z.number().min(0).max(100).optional(),
  /** Address by lab network, once known. */
  addresses: z.record(DnsLabel, z.string()),
  /** Set when `broken`. */
  reason: Reason.optional(),
});
export type SystemObservation = z.infer<typeof SystemObservation>;

export const SessionObservation = z.strictObject({
  sessionId: z.uuid(),
  systems: z.array(SystemObservation),
});
export type SessionObservation = z.infer<typeof SessionObservation>;

const Room = z.strictObject({ total: z.number(), free: z.number() });

/** What a runtime can still take; `undefined` means it cannot tell. */
export const Capacity = z.strictObject({
  /** Of the machine or the cluster, less what is reserved on it. */
  cpus: Room,
  memoryBytes: Room,
  /** What labs may be promised, in the processors that they ask for: the runtime may promise one several times over. */
  labCpus: Room,
  diskBytes: Room.optional(),
  /** Free room per node, for what must fit on one. */
  nodes: z.array(
    z.strictObject({
      name: z.string(),
      cpusFree: z.number(),
      labCpus: Room,
      memoryTotalBytes: z.number(),
      memoryFreeBytes: z.number(),
      /** Whether it takes virtual machines; absent where every node takes what it has room for. */
      machines: z.enum(['now', 'later', 'never']).optional(),
    }),
  ),
  /** Memory that a virtual machine takes on its node beside its guest's; absent: none. */
  vmOverhead: z.strictObject({ bytes: z.number(), perGuestByte: z.number(), perCpuBytes: z.number() }).optional(),
  /** What this runtime can do, reported and never assumed. */
  features: z.strictObject({
    vms: z.boolean(),
    kvm: z.boolean(),
    forwarding: z.boolean(),
    internet: z.boolean(),
    userNamespaces: z.boolean(),
    snapshots: z.boolean(),
    /** Whether a paused container keeps its processes and its memory. */
    freezesContainers: z.boolean(),
    /** Shuts down paused machines whose disks all last: at once or only where a lab asks for it, or after a time. Absent: never. */
    hibernation: z.strictObject({ atOnce: z.boolean(), afterS: z.number().positive().optional() }).optional(),
    /** Whether labs may bring Kubernetes objects of an administrator; absent: no. */
    kubernetesObjects: z.boolean().optional(),
  }),
});
export type Capacity = z.infer<typeof Capacity>;

/** Memory in bytes that a virtual machine takes on its node beside its guest's. */
export function besideGuest(
  { bytes, perGuestByte, perCpuBytes }: NonNullable<Capacity['vmOverhead']>,
  guest: { cpus: number; memoryBytes: number },
): number {
  return bytes + guest.memoryBytes * perGuestByte + guest.cpus * perCpuBytes;
}
