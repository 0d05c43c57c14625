import { z } from 'zod';
import { kubeSettings } from './kube-settings.js';

/**
 * What every process that opens a runtime reads from its environment. A service spreads the shape into its own schema
 * and adds `checkRuntimeSettings`, so that a missing variable is named at start.
 */
export const RuntimeSettings = z.object({
  /** Where labs run: on one machine through a container engine, or on a Kubernetes cluster. */
  LAB_RUNTIME: z.enum(['local', 'kubernetes']).default('local'),
  /** Names this installation, so that two on one engine or cluster never see each other's objects. */
  LAB_INSTANCE: z
    .string()
    .regex(/^[a-z][a-z0-9]{0,11}$/, 'must be 1-12 lower-case letters and digits, starting with a letter')
    .default('default'),
  /** local: sessions, golden disks, the private engine. */
  LAB_DATA_DIR: z.string().min(1).optional(),
  /** local: where the base images are built. */
  LAB_IMAGE_CACHE_DIR: z.string().min(1).optional(),
  /** local: an engine that runs already. */
  LAB_ENGINE_URL: z.string().optional(),
  /** local: how often a processor is promised to labs. */
  LAB_CPU_OVERCOMMIT: z.coerce.number().min(1).max(32).default(4),
  ...kubeSettings,
});
export type RuntimeSettings = z.infer<typeof RuntimeSettings>;

const needed = { local: ['LAB_DATA_DIR', 'LAB_IMAGE_CACHE_DIR'], kubernetes: ['LAB_KUBE_BUILTIN_IMAGES'] } as const;

/** For `superRefine` of a schema with this shape: what the chosen runtime cannot do without. */
export function checkRuntimeSettings(settings: RuntimeSettings, context: z.core.$RefinementCtx<RuntimeSettings>): void {
  for (const name of needed[settings.LAB_RUNTIME]) {
    if (settings[name] === undefined)
      context.addIssue({ code: 'custom', path: [name], message: `is needed by LAB_RUNTIME=${settings.LAB_RUNTIME}` });
  }
}
