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
 * the system runs as, to a volume from which each is mounted. Needs `sh`, `cp` and `chmod` in the image, nothing more.
 */
export function filePartsFor(system: ContainerSystemSpec, init: Wire<V1Container>): FileParts {
  if (system.files.length === 0) return { volumes: [], mounts: [], init: [] };
  const lines = system.files.map(
    (file, index) =>
      `cp /lab/given/${keyOf(index)} /lab/files/${keyOf(index)}\nchmod ${file.mode} /lab/files/${keyOf(index)}`,
  );
  return {
    volumes: [
      { name: 'lab-given', secret: { secretName: secretName(system), defaultMode: 0o440 } },
      { name: 'lab-files', emptyDir: {} },
    ],
    mounts: system.files.map((file, index) => ({ name: 'lab-files', mountPath: file.path, subPath: keyOf(index) })),
    init: [
      {
        ...init,
        name: 'lab-files',
        command: ['sh', '-ec', lines.join('\n')],
        volumeMounts: [
          { name: 'lab-given', mountPath: '/lab/given', readOnly: true },
          { name: 'lab-files', mountPath: '/lab/files' },
        ],
      },
    ],
  };
}

function secretName({ name, files }: ContainerSystemSpec): string {
  const digest = createHash('sha256').update(JSON.stringify(files)).digest('hex').slice(0, 16);
  return filesName(name, digest);
}

/** Paths are any text; keys of a Secret are not. */
function keyOf(index: number): string {
  return `file-${index}`;
}
