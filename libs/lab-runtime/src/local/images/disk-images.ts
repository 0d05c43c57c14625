import type { ImageObservation, ImageSpec } from '@lab-orchestrator/contracts';
import type { DriverContext } from '../systems/driver-context.js';
import type { AddressPolicy } from './address-policy.js';
import { DiskImageStore } from './disk-image-store.js';
import { DiskTool } from './disk-tool.js';
import { type Fetch, fetchSource } from './fetch-source.js';
import { ImageFolder } from './image-folder.js';
import { type ImportLimits, defaultImportLimits, publicHttpsOnly } from './import-limits.js';
import type { OpenUpload } from './fetch-source.js';

/** A finished disk: overlay it, never write to it. */
export type GoldenDisk = { path: string; virtualBytes: number | undefined };

/** Golden disks of this installation. Any process may construct one over the same data folder. */
export interface DiskImages {
  /** Starts the import if it is neither there nor under way, and tells how far it is. */
  ensure(image: ImageSpec, signal?: AbortSignal): Promise<ImageObservation>;
  /** The finished disk, or undefined while it is not there. */
  golden(image: ImageSpec): Promise<GoldenDisk | undefined>;
  ids(): Promise<string[]>;
  /** Refuses (`RuntimeError('invalid_spec')`) while a session's disk is an overlay of it. */
  remove(id: string): Promise<void>;
  /** Stops imports of this process; the next `ensure` starts them again. */
  close(): Promise<void>;
}

export type DiskImageOptions = {
  /** Engine reference of the image that has the disk tools in it. */
  launcherImage: () => Promise<string>;
  policy?: AddressPolicy;
  limits?: Partial<ImportLimits>;
  openUpload?: OpenUpload;
};

/** The golden disks below the context's data folder. */
export function diskImages(context: DriverContext, options: DiskImageOptions): DiskImages {
  const tool = new DiskTool(context, options.launcherImage);
  const limits = { ...defaultImportLimits, ...options.limits };
  const fetch: Fetch = (image, file, onShare, signal) =>
    fetchSource(image, file, onShare, {
      engine: context.engine,
      policy: options.policy ?? publicHttpsOnly,
      limits,
      openUpload: options.openUpload,
      signal,
    });
  return new DiskImageStore({
    folder: new ImageFolder(`${context.dataDir}/images/disks`),
    sessionsDir: `${context.dataDir}/sessions`,
    builtinImagesDir: context.builtinImagesDir,
    fetch,
    tool,
    limits,
  });
}
