import type {
  AccessSpec,
  ContainerSystemSpec,
  DiskSpec,
  KubernetesObject,
  LabFile,
  LabVariable,
  NetworkSpec,
  VmSystemSpec,
} from '@lab-orchestrator/contracts';

/** A lab file with everything said: presets merged, defaults filled in, quantities as numbers. Images are still names. */
export interface ResolvedLab {
  slug: string;
  title: string;
  summary: string;
  languages: string[];
  tags: string[];
  level: LabFile['level'];
  durationS: number;
  rules: SessionRules;
  variables: Record<string, LabVariable>;
  networks: NetworkSpec[];
  systems: ResolvedSystem[];
  /** As they were written: no variable is replaced in them. */
  kubernetesObjects: KubernetesObject[];
  /** The folder of the pages; below it one folder per language. */
  instructions: string;
}

export interface SessionRules {
  deadlineS: number;
  idleS: number;
  extendByS: number;
  extensions: number;
  pause: boolean;
  /** A pause shuts machines down at once, where the runtime can. */
  hibernate?: boolean;
  /** Open sessions of this lab that one user may have. */
  perUser: number;
}

interface Login {
  credentials?: { username: string; password: string };
}
export interface ResolvedFile {
  path: string;
  mode: string;
  /** Either the text itself, or the file of the folder that has it. */
  content?: string;
  from?: string;
}
export type ResolvedDisk = DiskSpec extends infer Disk
  ? Disk extends { image: unknown }
    ? Omit<Disk, 'image'> & { image: string }
    : Disk
  : never;
export type ResolvedContainer = Omit<ContainerSystemSpec, 'image' | 'files'> &
  Login & { image: string; files: ResolvedFile[] };
export type ResolvedVm = Omit<VmSystemSpec, 'disks'> & Login & { disks: ResolvedDisk[] };
export type ResolvedSystem = ResolvedContainer | ResolvedVm;
export type { AccessSpec };
