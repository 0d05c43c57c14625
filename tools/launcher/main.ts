import { runCommand } from '../setup/advice.mjs';
import { checkout } from '../setup/checkout.mjs';
import { build } from './build/build.ts';
import { HELP, parseOptions } from './options.ts';
import { Steps } from './terminal/steps.ts';

await runCommand(async () => {
  const options = parseOptions(process.argv.slice(2), checkout, process.env['INIT_CWD'] ?? process.cwd());
  if (options.command === 'help') {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  const steps = new Steps();
  await steps.run('Build', (step) => build(checkout, step));
  // Only now: what they import is what was just built.
  const { run } = await import('./run.ts');
  return run(checkout, options, steps);
});
process.exit();
