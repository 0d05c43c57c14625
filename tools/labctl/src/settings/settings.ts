import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { CommandError, exitCodes } from '../output/exit-codes.js';

/** Where the platform is and who asks. The token is an API token; it ends by itself and can be revoked in the profile. */
export const Settings = z.strictObject({ url: z.url({ protocol: /^https?$/ }), token: z.string().min(1) });
export type Settings = z.infer<typeof Settings>;

export const settingsPath = (env: NodeJS.ProcessEnv): string =>
  join(env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'labctl', 'settings.json');

/** From `LAB_URL` and `LAB_TOKEN`, else from the last `labctl login`. */
export async function readSettings(env: NodeJS.ProcessEnv): Promise<Settings> {
  const { LAB_URL: url, LAB_TOKEN: token } = env;
  if (url !== undefined && token !== undefined) return parse({ url, token }, 'LAB_URL and LAB_TOKEN');
  const path = settingsPath(env);
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined)
    throw new CommandError(exitCodes.signedOut, 'You are not signed in. Run: labctl login <address>', 'signed_out');
  return parse(jsonOf(text), path);
}

/** Readable by its owner alone; replaced in one step. */
export async function writeSettings(env: NodeJS.ProcessEnv, settings: Settings): Promise<void> {
  const path = settingsPath(env);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const fresh = `${path}.${process.pid}`;
  await writeFile(fresh, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
  await chmod(fresh, 0o600);
  await rename(fresh, path);
}

export const forgetSettings = (env: NodeJS.ProcessEnv): Promise<void> => rm(settingsPath(env), { force: true });

function parse(value: unknown, where: string): Settings {
  const settings = Settings.safeParse(value);
  if (settings.success) return { ...settings.data, url: settings.data.url.replace(/\/$/, '') };
  const problem = settings.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  throw new CommandError(exitCodes.signedOut, `${where}: ${problem}. Run: labctl login <address>`, 'bad_settings');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
