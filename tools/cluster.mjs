#!/usr/bin/env node
import { runCommand } from './setup/advice.mjs';
import { installPackages } from './setup/apt.mjs';
import { checkout } from './setup/checkout.mjs';
import { missingImagePackages } from './setup/image-packages.mjs';
import { continueIn, requireNodeForSetup } from './setup/node-program.mjs';
import { ensureNpmDependencies } from './setup/npm-dependencies.mjs';

// Runs on any Node.js from 20 on and without dependencies, like start.mjs.
const args = process.argv.slice(2);
const buildsNothing = ['--help', '-h', '--uninstall'].some((option) => args.includes(option));

await runCommand(async () => {
  requireNodeForSetup();
  ensureNpmDependencies(checkout);
  if (!buildsNothing) installPackages(await missingImagePackages(checkout));
  return continueIn(checkout, 'tools/cluster/main.ts', args);
});
