import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ImageSpec } from '@lab-orchestrator/contracts';

/** `guest.s`, assembled: one sector that boots, counts its boots on disk and obeys single keys on its serial port. */
const sector =
  '6gUAwAe4wAeO2I7AjtC8ACCIFr4A+7jjADHSzRS0AuhcAP8GAAS0A+hTAL6/AOh5AKEABOhYAOhtAPS0AzHSzRT2xAF09LQCMdLNFDx1dA08cHQbPHJ0IOha' +
  'AOvdHrhAAI7YoWwAH+glAOg6AOvLugQGuAAg7+vCsP7mZOu8sAG7AAS5AgAw9ooWvgDNE8O5BADBwARQJA8EMDw5dgIEJ+gSAFji7MO+xgCsCMB0BegDAOv2' +
  'w1G0ATHSzRRZwwBndWVzdCAADQo=';

/** The raw disk; BIOSes do not boot from much smaller ones. */
export const tinyDisk = Buffer.alloc(1024 ** 2);
Buffer.from(sector, 'base64').copy(tinyDisk);
tinyDisk.set([0x55, 0xaa], 510);

export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

export const tinyGuest: ImageSpec = {
  id: 'tiny-guest',
  name: 'Tiny guest',
  kind: 'disk',
  source: { kind: 'upload', blob: 'tiny-guest', sha256: sha256(tinyDisk) },
};

export const openTinyUpload = async (blob: string) =>
  blob === 'tiny-guest' ? { stream: Readable.from([tinyDisk]), sizeBytes: tinyDisk.length } : undefined;
