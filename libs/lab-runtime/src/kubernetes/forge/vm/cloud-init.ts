import type { VmSystemSpec } from '@lab-orchestrator/contracts';
import { RuntimeError } from '../../../port/runtime-error.js';
import type { Secret } from '../../client/kinds.js';
import type { Volume } from '../../types/kubevirt/volume.js';
import { maxCloudInitBytes } from './vm-limits.js';

/** The Secret that holds a system's cloud-init. 40 + 11 characters. */
export const cloudInitName = (system: string): string => `${system}-cloud-init`;

/** Name of the seed's volume and disk. It begins with a digit, which no disk of a lab does. */
export const seedDisk = '0-cloud-init';

/**
 * User data and network data as a Secret: they often hold a password, and KubeVirt takes only 2,048 bytes inline.
 * Undefined when the lab gives none.
 */
export function forgeCloudInit(
  place: { namespace: string; labels: Record<string, string> },
  { name, cloudInit }: Pick<VmSystemSpec, 'name' | 'cloudInit'>,
): Secret | undefined {
  if (!cloudInit) return undefined;
  const bytes = Buffer.byteLength(cloudInit.userData) + Buffer.byteLength(cloudInit.networkData ?? '');
  if (bytes > maxCloudInitBytes) {
    const text = `The cloud-init of ${name} has ${bytes} bytes; at most ${maxCloudInitBytes} are taken. Fetch large files from inside the guest.`;
    throw new RuntimeError('invalid_spec', text, false);
  }
  const data = { userdata: base64(cloudInit.userData) };
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: cloudInitName(name), ...place },
    type: 'Opaque',
    data: cloudInit.networkData ? { ...data, networkdata: base64(cloudInit.networkData) } : data,
  };
}

/** The seed as a volume of the VM. KubeVirt writes the meta-data itself: instance id and host name stay the same. */
export function seedVolume({ name, cloudInit }: Pick<VmSystemSpec, 'name' | 'cloudInit'>): Volume | undefined {
  if (!cloudInit) return undefined;
  const secret = { name: cloudInitName(name) };
  const networkData = cloudInit.networkData ? { networkDataSecretRef: secret } : {};
  return { name: seedDisk, cloudInitNoCloud: { secretRef: secret, ...networkData } };
}

const base64 = (text: string) => Buffer.from(text).toString('base64');
