#!/usr/bin/env node
import { runCommand } from './setup/advice.mjs';
import { installPackages } from './setup/apt.mjs';
import { checkout } from './setup/checkout.mjs';
import { missingImagePackages } from './setup/image-packages.mjs';
import { continueIn, requireNodeForSetup } from './setup/node-program.mjs';
import { ensureNpmDependencies } from './setup/npm-dependencies.mjs';
import { missingOf, PRODUCT_PACKAGES, TEST_PACKAGES } from './setup/system-packages.mjs';

// Runs on any Node.js from 20 on and without dependencies, like start.mjs.
const args = process.argv.slice(2);
const onlyAsks = args.includes('--help') || args.includes('-h');

await runCommand(async () => {
  requireNodeForSetup();
  ensureNpmDependencies(checkout);
  if (!onlyAsks) {
    installPackages([...missingOf([...PRODUCT_PACKAGES, ...TEST_PACKAGES]), ...(await missingImagePackages(checkout))]);
  }
  return continueIn(checkout, 'tools/testing/main.ts', args);
});
