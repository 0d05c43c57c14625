import type {
  ContainerSystemSpec,
  DiskSpec,
  ImageSpec,
  SessionSpec,
  SystemSpec,
  VmSystemSpec,
} from '@lab-orchestrator/contracts';
import type { FolderFiles } from '../folder/folder-files.js';
import type {
  ResolvedContainer,
  ResolvedDisk,
  ResolvedFile,
  ResolvedLab,
  ResolvedSystem,
  ResolvedVm,
} from '../resolve/resolved-lab.js';
import { fillInYaml, isCloudConfig } from './cloud-init.js';
import { fillIn, type Lookup } from './template.js';
import type { VariableValues } from './variables.js';

export interface SessionFacts {
  sessionId: string;
  generation: number;
  user: { id: string; name: string };
  variables: VariableValues;
}

export interface ForgeSources {
  /** The image behind a name of the lab file. */
  image(name: string, kind: ImageSpec['kind']): ImageSpec;
  /** The files of the folder that systems get. */
  files: FolderFiles;
}

/** What a runtime builds: the lab with this session's values in it. The same input always gives the same result. */
export function forgeSessionSpec(lab: ResolvedLab, facts: SessionFacts, sources: ForgeSources): SessionSpec {
  const lookup = lookupOf(facts);
  return {
    sessionId: facts.sessionId,
    generation: facts.generation,
    networks: lab.networks,
    systems: lab.systems.map((system) => forgeSystem(system, lookup, sources)),
    ...(lab.rules.hibernate && { pause: 'hibernate' }),
    ...(lab.kubernetesObjects.length > 0 && { kubernetesObjects: lab.kubernetesObjects }),
  };
}

/** The login that a system shows to its learner. */
export function forgeCredentials(system: ResolvedSystem, facts: SessionFacts) {
  const lookup = lookupOf(facts);
  return (
    system.credentials && {
      username: fillIn(system.credentials.username, lookup),
      password: fillIn(system.credentials.password, lookup),
    }
  );
}

function lookupOf({ sessionId, user, variables }: SessionFacts): Lookup {
  const values = new Map(
    Object.entries({ ...variables, 'user.name': user.name, 'user.id': user.id, 'session.id': sessionId }),
  );
  return (name) => values.get(name);
}

const forgeSystem = (system: ResolvedSystem, lookup: Lookup, sources: ForgeSources): SystemSpec =>
  system.kind === 'container' ? forgeContainer(system, lookup, sources) : forgeVm(system, lookup, sources);

function forgeContainer(system: ResolvedContainer, lookup: Lookup, sources: ForgeSources): ContainerSystemSpec {
  const { credentials: _, ...rest } = system;
  return {
    ...rest,
    image: sources.image(system.image, 'container'),
    environment: Object.fromEntries(
      Object.entries(system.environment).map(([name, value]) => [name, fillIn(value, lookup)]),
    ),
    files: system.files.map((file) => forgeFile(file, lookup, sources.files)),
  };
}

function forgeVm(system: ResolvedVm, lookup: Lookup, sources: ForgeSources): VmSystemSpec {
  const { credentials: _, cloudInit, ...rest } = system;
  return {
    ...rest,
    disks: system.disks.map((disk) => forgeDisk(disk, sources)),
    ...(cloudInit && {
      cloudInit: {
        userData: isCloudConfig(cloudInit.userData) ? fillInYaml(cloudInit.userData, lookup) : cloudInit.userData,
        ...(cloudInit.networkData && { networkData: fillInYaml(cloudInit.networkData, lookup) }),
      },
    }),
  };
}

const forgeDisk = (disk: ResolvedDisk, { image }: ForgeSources): DiskSpec =>
  disk.kind === 'empty' ? disk : { ...disk, image: image(disk.image, 'disk') };

function forgeFile({ path, mode, content, from }: ResolvedFile, lookup: Lookup, files: FolderFiles) {
  const bytes = content === undefined ? fillInBytes(files.get(from ?? ''), lookup) : fillIn(content, lookup);
  return { path, mode, contentBase64: Buffer.from(bytes).toString('base64') };
}

/** Only text has placeholders; anything else passes byte by byte. */
function fillInBytes(content: Uint8Array = new Uint8Array(), lookup: Lookup): Uint8Array | string {
  try {
    return fillIn(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content), lookup);
  } catch {
    return content;
  }
}
