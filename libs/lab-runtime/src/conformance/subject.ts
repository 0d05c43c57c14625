import type { ContainerSystemSpec, ImageSpec, SessionSpec } from '@lab-orchestrator/contracts';
import type { LabRuntime } from '../port/lab-runtime.js';

/** What a kind of runtime cannot do, by its nature; each is told to people by the runtime, too. */
export type Lack =
  /** A paused container is taken away, not frozen. */
  | 'frozen containers'
  /** A restarted container begins from its image; only disks of its own are kept. */
  | 'container files over a restart'
  /** A container has one interface, and none can route. */
  | 'forwarding'
  /** That an image does not exist is found when a system wants it. */
  | 'image check ahead'
  /** Every name of a session is known on each of its networks, though not reachable from each. */
  | 'names by network'
  /** IPv6 addresses may be there; policies let nothing through. */
  | 'no address of IPv6'
  /** A guest stands behind address translation: it does not see the address that others reach it by. */
  | 'own addresses in guests'
  /** A copy of a golden disk stays as large as the disk: KubeVirt before 1.9 without its gate ExpandDisks. */
  | 'larger copies of disks'
  /** Storage gives out whole units: a disk may be up to a fifth larger than asked for. */
  | 'exact sizes of disks'
  /** Names that a guest looks up are answered with the domain of the session. */
  | 'names without a domain';

/** A runtime under test, and what its place offers to test with. */
export type ConformanceSubject = {
  runtime: LabRuntime;
  /** The same installation as another process would see it. */
  second: LabRuntime;
  /** A container image with `bash`, `ping`, `curl` and `socat`, user 1000. */
  image: ImageSpec;
  /** A reference that no registry answers for. */
  missingImage: ImageSpec;
  /** Host and port pairs that no lab may reach: this machine, its services, metadata, the internet. */
  forbidden: { host: string; port: number }[];
  /** Labels of this installation that are still there: objects that `remove` must not leave. */
  leftovers(sessionId: string): Promise<string[]>;
  /** Cases about these are left out, or expect less. */
  lacks?: ReadonlySet<Lack>;
  /** Golden disks for the cases with virtual machines; without them they are skipped. */
  disks?: { small: ImageSpec };
};

/** The project's own terminal image: what a subject's `image` has to have. */
export const terminalImage = {
  id: 'terminal',
  name: 'terminal',
  kind: 'container',
  source: { kind: 'builtin', name: 'terminal' },
} as const satisfies ImageSpec;

/** An image that no registry answers for. */
export const missingImage = {
  ...terminalImage,
  id: 'nowhere',
  source: { kind: 'container', reference: 'localhost:9/no/such:image' },
} as const satisfies ImageSpec;

/** The project's own small golden disk. */
export const smallDisk = {
  id: 'small-vm',
  name: 'Small VM',
  kind: 'disk',
  source: { kind: 'builtin', name: 'small-vm' },
} as const satisfies ImageSpec;

const MiB = 2 ** 20;

/** A small container system; what a case is about is overridden. */
export function container(
  subject: Pick<ConformanceSubject, 'image'>,
  name: string,
  change: Partial<ContainerSystemSpec> = {},
): ContainerSystemSpec {
  return {
    name,
    title: name,
    kind: 'container',
    image: subject.image,
    networks: ['lan'],
    forwarding: false,
    root: false,
    cpus: 0.5,
    memoryBytes: 64 * MiB,
    access: [{ name: 'shell', kind: 'terminal', command: ['bash'] }],
    ready: { timeoutS: 120 },
    environment: {},
    files: [],
    ...change,
  };
}

/** A session of these systems on one network without internet. */
export function session(systems: SessionSpec['systems'], change: Partial<SessionSpec> = {}): SessionSpec {
  return {
    sessionId: crypto.randomUUID(),
    generation: 1,
    networks: [{ name: 'lan', internet: false }],
    systems,
    ...change,
  };
}
