#!/usr/bin/env node
import { run } from './run.js';

const { env, stdin, stdout, stderr } = process;
// A reader that had enough (`labctl events | head`) is no fault.
stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await run(
  process.argv.slice(2),
  { env, stdin, stdout },
  { out: (text) => void stdout.write(text), err: (text) => void stderr.write(text) },
);
