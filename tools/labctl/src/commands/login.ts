import { hostname } from 'node:os';
import { routes } from '@lab-orchestrator/contracts';
import { ApiClient } from '../api/api-client.js';
import type { World } from '../api/context.js';
import type { Output } from '../output/output.js';
import { forgetSettings, settingsPath, Settings, writeSettings } from '../settings/settings.js';
import { CommandError, exitCodes } from '../output/exit-codes.js';
import { askHidden, ask } from '../terminal/prompt.js';

interface LoginOptions {
  username?: string;
  /** Read the password from the first line of standard input. */
  passwordStdin: boolean;
  days: number;
}

/** Signs in once and keeps an API token of limited rights; the password is not kept. */
export async function login(address: string, options: LoginOptions, world: World, output: Output): Promise<void> {
  const url = addressOf(address);
  const username = options.username ?? (await ask(world, 'Username: '));
  const password = await askHidden(world, options.passwordStdin ? '' : `Password of ${username}: `);
  const { accessToken } = await new ApiClient(url).call(routes.login, { body: { username, password } });
  const created = await new ApiClient(url, accessToken).call(routes.createToken, {
    body: {
      name: `labctl on ${hostname()}`.slice(0, 80),
      scopes: ['read', 'sessions', 'labs'],
      expiresInDays: options.days,
    },
  });
  await writeSettings(world.env, { url, token: created.token });
  output.result({ url, username, expiresAt: created.expiresAt }, () => `Signed in to ${url} as ${username}.`);
  output.say(`The token is valid until ${created.expiresAt} and lies in ${settingsPath(world.env)}.`);
}

export async function logout(world: World, output: Output): Promise<void> {
  await forgetSettings(world.env);
  output.say('Signed out here. The token itself ends when you revoke it in your profile.');
}

function addressOf(address: string): string {
  const url = Settings.shape.url.safeParse(address.includes('://') ? address : `https://${address}`);
  if (url.success) return new URL(url.data).origin;
  throw new CommandError(
    exitCodes.usage,
    `"${address}" is no address; expected one like https://labs.example.org`,
    'bad_address',
  );
}
