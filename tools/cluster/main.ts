import { build } from '../launcher/build/build.ts';
import { Steps } from '../launcher/terminal/steps.ts';
import { runCommand } from '../setup/advice.mjs';
import { checkout } from '../setup/checkout.mjs';
import { HELP, parseOptions } from './options.ts';

await runCommand(async () => {
  const options = parseOptions(process.argv.slice(2), process.env['INIT_CWD'] ?? process.cwd());
  if (options.command === 'help') {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const steps = new Steps();
  if (options.build && options.command !== 'uninstall') await steps.run('Build', (step) => build(checkout, step));
  // Only now: what they import is what was just built.
  if (options.command === 'uninstall') return (await import('./uninstall.ts')).uninstall(checkout, options, steps);
  if (options.command === 'test') return (await import('./test.ts')).testOnCluster(checkout, options, steps);
  return (await import('./run.ts')).run(checkout, options, steps);
});
process.exit();
