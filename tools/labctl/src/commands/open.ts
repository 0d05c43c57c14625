import { spawn } from 'node:child_process';
import { platform, type World } from '../api/context.js';
import type { Output } from '../output/output.js';

const openers: Partial<Record<NodeJS.Platform, string>> = { darwin: 'open', win32: 'explorer' };

/** The session's workspace in the browser; its address is printed in any case. */
export async function open(sessionId: string, world: World, output: Output): Promise<void> {
  const { url } = await platform(world);
  const address = `${url}/sessions/${encodeURIComponent(sessionId)}`;
  output.result({ url: address }, () => address);
  const child = spawn(openers[process.platform] ?? 'xdg-open', [address], { stdio: 'ignore', detached: true });
  child.on('error', () => output.say('No browser could be opened here; the address is above.'));
  child.unref();
}
