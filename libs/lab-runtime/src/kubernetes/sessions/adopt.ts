import { kinds, type Pod } from '../client/kinds.js';
import { cloudInitName } from '../forge/vm/cloud-init.js';
import { label } from '../labels.js';
import type { DataVolume } from '../types/cdi/data-volume.js';
import type { VirtualMachine } from '../types/kubevirt/virtual-machine.js';
import { generationOf } from './digest.js';
import type { SessionWriter } from './session-writer.js';

/**
 * What runs is left as it is when a later wish finds it. It becomes that wish's own, with all that it uses: a worker that
 * slept, and wakes to find itself outdated, takes back what it made, but not what somebody goes on using.
 */
export async function adoptPod(writer: SessionWriter, known: Pod): Promise<void> {
  const { spec } = await writer.adopt(kinds.pod, known);
  // The watch keeps no volumes, so there are some only when it was adopted just now.
  for (const { secret } of spec?.volumes ?? []) {
    if (secret?.secretName !== undefined) await writer.adoptSecret(secret.secretName);
  }
}

/** The same for a virtual machine, its disks and its cloud-init. The machine comes last, so that a repeat finds the rest. */
export async function adoptMachine(
  writer: SessionWriter,
  known: VirtualMachine,
  dataVolumes: readonly DataVolume[],
): Promise<void> {
  if (generationOf(known) >= writer.generation) return;
  const { name = '' } = known.metadata;
  for (const disk of dataVolumes) {
    if (disk.metadata.labels?.[label.system] === name) await writer.adopt(kinds.dataVolume, disk);
  }
  if (known.spec.template.spec?.volumes?.some(({ cloudInitNoCloud }) => cloudInitNoCloud)) {
    await writer.adoptSecret(cloudInitName(name));
  }
  await writer.adopt(kinds.virtualMachine, known);
}
