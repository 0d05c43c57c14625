import { clusterIsAtHand } from '../cluster/kube/target.ts';
import { runCommand } from '../setup/advice.mjs';
import { checkout } from '../setup/checkout.mjs';
import { execute } from './execute.ts';
import { HELP, parseParts, runsOf } from './parts.ts';
import { type Result, summary } from './summary.ts';

// The part that runs hears of it, too, and ends; none is begun after it.
let isAsked = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => (isAsked = true));

await runCommand(async () => {
  const parts = parseParts(process.argv.slice(2), clusterIsAtHand(checkout, process.env));
  if (parts === undefined) {
    process.stdout.write(`${HELP}\n`);
    return 0;
  }
  // What fails is shown at once, but the others still run: one look at the end tells everything.
  const results: Result[] = [];
  for (const run of runsOf(parts)) {
    if (isAsked) break;
    process.stdout.write(`\n━━ ${run.name} ━━\n`);
    const startedAt = performance.now();
    const counts = await execute(run, checkout);
    results.push({ name: run.name, ...counts, seconds: (performance.now() - startedAt) / 1000 });
  }
  process.stdout.write(`\n${summary(results)}\n`);
  return isAsked || results.some((result) => result.failed > 0) ? 1 : 0;
});
process.exit();
