import { Readable } from 'node:stream';
import { type LabRuntime, openRuntime } from '@lab-orchestrator/lab-runtime';
import { Blobs, CONFIG } from '@lab-orchestrator/platform';
import type { Provider } from '@nestjs/common';
import type { ProvisionerConfig } from './config.js';

export type { LabRuntime };

/** Where labs run: chosen by the configuration, used through the one port. */
export const LAB_RUNTIME = Symbol('lab runtime');

export const runtimeProvider: Provider = {
  provide: LAB_RUNTIME,
  inject: [CONFIG, Blobs],
  useFactory: (config: ProvisionerConfig, blobs: Blobs): Promise<LabRuntime> =>
    openRuntime(config, {
      diskImages: {
        policy: {
          allowHttp: config.LAB_IMAGE_ALLOW_HTTP,
          allowPrivate: false,
          allowedHosts: config.LAB_IMAGE_ALLOWED_HOSTS,
        },
        openUpload: async (key) =>
          (await blobs.has('LAB_UPLOADS', key))
            ? { stream: Readable.fromWeb(await blobs.get('LAB_UPLOADS', key)) }
            : undefined,
      },
    }),
};
