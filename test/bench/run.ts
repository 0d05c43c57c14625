import { readdirSync } from 'node:fs';
import { cpus, loadavg, release } from 'node:os';
import { basename, join } from 'node:path';
import { Advice, runCommand } from '../../tools/setup/advice.mjs';
import { checkout } from '../../tools/setup/checkout.mjs';
import type { Bench } from './support/bench.ts';
import { save, table } from './support/report.ts';

const SUFFIX = /\.bench\.(ts|mjs)$/;

/** Runs the benches named on the command line, or lists them. */
await runCommand(async () => {
  const words = process.argv.slice(2);
  const quick = words.includes('--quick');
  const names = words.filter((word) => word !== '--quick');
  const files = readdirSync(import.meta.dirname).filter((file) => SUFFIX.test(file));
  const known = new Map(files.map((file) => [basename(file).replace(SUFFIX, ''), join(import.meta.dirname, file)]));
  if (names.length === 0 || names.some((name) => name.startsWith('-'))) {
    process.stdout.write('npm run bench -- [--quick] <name> …\n\n');
    for (const [name, file] of known) process.stdout.write(`  ${name.padEnd(16)} ${(await load(file)).title}\n`);
    return 0;
  }
  for (const name of names) {
    const file = known.get(name);
    if (file === undefined) throw new Advice(`There is no bench ${name}; there are ${[...known.keys()].join(', ')}.`);
    const bench = await load(file);
    process.stdout.write(`\n${bench.title}\n\n`);
    const say = (text: string) => void process.stderr.write(`  ${text}\n`);
    const rows = await bench.run(say, { say, quick });
    process.stdout.write(`${table(rows)}\n`);
    const machine = {
      cpus: cpus().length,
      model: cpus()[0]?.model,
      kernel: release(),
      load: loadavg(),
      node: process.version,
    };
    process.stdout.write(
      `\n${save(join(checkout, 'bench-results'), name, { title: bench.title, quick, machine, rows })}\n`,
    );
  }
  return 0;
});
process.exit();

async function load(file: string): Promise<Bench> {
  const { bench } = (await import(file)) as { bench: Bench };
  return bench;
}
