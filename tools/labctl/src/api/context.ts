import { readSettings } from '../settings/settings.js';
import { ApiClient } from './api-client.js';

/** What a command needs of the world around it. */
export interface World {
  env: NodeJS.ProcessEnv;
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
}

/** The platform, on behalf of whoever is signed in. */
export async function platform(world: World): Promise<ApiClient> {
  const { url, token } = await readSettings(world.env);
  return new ApiClient(url, token);
}
