import { join } from 'node:path';
import { clean } from './clean.ts';
import { DataFolder } from './data/data-folder.ts';
import { lockFolder } from './data/folder-lock.ts';
import { launch, type Running } from './launch.ts';
import type { Options } from './options.ts';
import { box } from './terminal/box.ts';
import { untilAsked } from './terminal/ending.ts';
import { note, type Steps } from './terminal/steps.ts';

/** Runs the product until somebody stops it. The answer is the exit code. */
export async function run(checkout: string, options: Options, steps: Steps): Promise<number> {
  const data = new DataFolder(options.dataDir);
  await using undo = new AsyncDisposableStack();
  undo.use(await lockFolder(data));
  const cacheDir = join(checkout, '.cache');
  if (options.reset || options.command === 'clean') await clean(data, options, cacheDir, steps);
  if (options.command === 'clean') return 0;
  const asked = untilAsked();
  const started = launch(checkout, options, data, steps, undo).then(async (running) => {
    await announce(running, options, steps);
    return new Promise<never>(() => {});
  });
  const signal = await Promise.race([asked, started]);
  note(`\nStopping (${signal}) …`);
  started.catch(() => {});
  await undo.disposeAsync();
  note('Stopped.');
  return 0;
}

async function announce(running: Running, options: Options, steps: Steps): Promise<void> {
  const { url, logins, images } = running;
  if (options.json) {
    await images.finished;
    process.stdout.write(`${JSON.stringify({ url, admin: logins.admin, people: logins.people })}\n`);
    return;
  }
  const width = Math.max(...[logins.admin, ...logins.people].map((login) => login.username.length));
  const lines = [logins.admin, ...logins.people].map(
    ({ username, password }) => `  ${username.padEnd(width)}   ${password ?? '(the password you chose)'}`,
  );
  const text = ['Lab Orchestrator is ready', '', `  ${url}`, '', ...lines, '', 'Ctrl-C stops it.'];
  process.stdout.write(`\n${box(text)}\n`);
  note(`Ready after ${steps.elapsed}.`);
  if (await images.finished) note('All base images are ready.');
}
