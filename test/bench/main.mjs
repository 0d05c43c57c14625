#!/usr/bin/env node
import { runCommand } from '../../tools/setup/advice.mjs';
import { checkout } from '../../tools/setup/checkout.mjs';
import { continueIn, requireNodeForSetup } from '../../tools/setup/node-program.mjs';
import { ensureNpmDependencies } from '../../tools/setup/npm-dependencies.mjs';

await runCommand(async () => {
  requireNodeForSetup();
  ensureNpmDependencies(checkout);
  return continueIn(checkout, 'test/bench/run.ts', process.argv.slice(2));
});
