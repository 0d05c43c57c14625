import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** `status.json`, written by the builder of the project's own images. */
const Status = z.looseObject({
  digest: z.string().default(''),
  state: z.enum(['building', 'ready', 'failed']),
  percent: z.number().min(0).max(100).optional(),
  message: z.string().optional(),
  path: z.string().optional(),
  sizeBytes: z.number().optional(),
});

const Config = z.looseObject({
  config: z
    .object({
      user: z.string().optional(),
      workingDir: z.string().optional(),
      env: z.record(z.string(), z.string()).default({}),
      cmd: z.array(z.string()).optional(),
      entrypoint: z.array(z.string()).optional(),
    })
    .default({ env: {} }),
});

export type Builtin = {
  name: string;
  digest: string;
  state: 'absent' | 'building' | 'ready' | 'failed';
  percent?: number;
  message?: string;
  /** Absolute; set whenever a finished file exists. */
  path?: string;
  sizeBytes?: number;
  /** Configuration as the engine takes it with an import. */
  changes: string[];
};

/** How far the builder is with one of the project's own images; one that was never built is `absent`. */
export async function readBuiltin(imagesDir: string, name: string): Promise<Builtin> {
  const text = await readFile(join(imagesDir, 'images', name, 'status.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return { name, digest: '', state: 'absent', changes: [] };
  const status = Status.parse(JSON.parse(text));
  return { ...status, name, changes: status.path ? await changesFor(status.path) : [] };
}

async function changesFor(path: string): Promise<string[]> {
  const text = await readFile(join(dirname(path), 'image.json'), 'utf8').catch(() => '{}');
  return importChanges(Config.parse(JSON.parse(text)).config);
}

/** Dockerfile instructions. Podman takes neither quotes around words nor several variables in one `ENV`. */
export function importChanges(config: z.infer<typeof Config>['config']): string[] {
  return [
    ...(config.user ? [`USER ${config.user}`] : []),
    ...(config.workingDir ? [`WORKDIR ${config.workingDir}`] : []),
    ...Object.entries(config.env).map(([name, value]) => `ENV ${name}=${value}`),
    ...(config.entrypoint ? [`ENTRYPOINT ${JSON.stringify(config.entrypoint)}`] : []),
    ...(config.cmd ? [`CMD ${JSON.stringify(config.cmd)}`] : []),
  ];
}
