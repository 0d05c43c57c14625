import { createHash } from 'node:crypto';
import type { V1Container, V1Volume, V1VolumeMount } from '@kubernetes/client-node';
import type { ContainerSystemSpec } from '@lab-orchestrator/contracts';
import type { Secret } from '../client/kinds.js';
import type { Wire } from '../client/kube-object.js';
import { labelsOf } from '../labels.js';
import { filesName, namespaceOf } from '../names.js';

/** A system's files. A Secret, because a session's variables, flags and passwords may stand in them. */
export function filesSecretFor(instance: string, sessionId: string, system: ContainerSystemSpec): Secret | undefined {
  if (system.files.length === 0) return undefined;
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: secretName(system),
      namespace: namespaceOf(instance, sessionId),
      labels: labelsOf(instance, sessionId, system.name),
    },
    type: 'Opaque',
    immutable: true,
    data: Object.fromEntries(system.files.map((file, index) => [keyOf(index), file.contentBase64])),
  };
}

export type FileParts = {
  volumes: Wire<V1Volume>[];
  mounts: Wire<V1VolumeMount>[];
  /** Copies the files before the system starts. */
  init: Wire<V1Container>[];
};

/**
 * Puts the files in place. A Secret's own files belong to root and cannot be changed, so they are copied, as the user
 * the system runs as, to a volume. A home that is given files is mounted as a whole, with what the image has in it: a
 * folder that only holds a mount would belong to root, and nobody could write beside the file. Elsewhere each file is
 * mounted alone. Needs `sh`, `cp`, `chmod` and `mkdir` in the image, nothing more.
 */
export function filePartsFor(system: ContainerSystemSpec, init: Wire<V1Container>): FileParts {
  if (system.files.length === 0) return { volumes: [], mounts: [], init: [] };
  const homes = [...new Set(system.files.flatMap(({ path }) => homeOf(path) ?? []))];
  const copies = system.files.map((file, index): Copy => {
    const home = homeOf(file.path);
    if (home === undefined) return { index, mode: file.mode, to: keyOf(index) };
    return { index, mode: file.mode, to: `${homeKey(homes.indexOf(home))}${file.path.slice(home.length)}` };
  });
  const single = system.files.flatMap(({ path }, index) =>
    homeOf(path) === undefined ? [{ name: 'lab-files', mountPath: path, subPath: keyOf(index) }] : [],
  );
  return {
    volumes: [
      { name: 'lab-given', secret: { secretName: secretName(system), defaultMode: 0o440 } },
      { name: 'lab-files', emptyDir: {} },
    ],
    mounts: [
      ...homes.map((home, index) => ({ name: 'lab-files', mountPath: home, subPath: homeKey(index) })),
      ...single,
    ],
    init: [
      {
        ...init,
        name: 'lab-files',
        command: copying(homes, copies),
        volumeMounts: [
          { name: 'lab-given', mountPath: '/lab/given', readOnly: true },
          { name: 'lab-files', mountPath: '/lab/files' },
        ],
      },
    ],
  };
}

interface Copy {
  index: number;
  mode: string;
  /** Within the volume. */
  to: string;
}

/** Paths are any text, so they are arguments of the script and never a part of it. */
function copying(homes: readonly string[], copies: readonly Copy[]): string[] {
  const words: string[] = [];
  const word = (text: string) => `"\${${words.push(text)}}"`;
  const lines = [
    ...homes.flatMap((home, index) => {
      const from = word(home);
      const to = `/lab/files/${homeKey(index)}`;
      // What the image keeps from its own user stays behind.
      return [`mkdir -p ${to}`, `[ ! -d ${from} ] || cp -a ${from}/. ${to} 2>/dev/null || true`];
    }),
    ...copies.flatMap(({ index, mode, to }) => {
      const target = word(`/lab/files/${to}`);
      const folder = word(`/lab/files/${to.slice(0, Math.max(0, to.lastIndexOf('/')))}`);
      return [`mkdir -p ${folder}`, `cp /lab/given/${keyOf(index)} ${target}`, `chmod ${mode} ${target}`];
    }),
  ];
  // The kubelet replaces `$(NAME)` and makes `$$` one.
  return ['sh', '-ec', lines.join('\n'), 'sh', ...words.map((text) => text.replaceAll('$', () => '$$'))];
}

/** `/home/<name>` of a path below it. */
function homeOf(path: string): string | undefined {
  return /^\/home\/[^/]+(?=\/)/.exec(path)?.[0];
}

const homeKey = (index: number) => `home-${index}`;

function secretName({ name, files }: ContainerSystemSpec): string {
  const digest = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
  return filesName(name, digest);
}

/** Paths are any text; keys of a Secret are not. */
function keyOf(index: number): string {
  return `file-${index}`;
}
