#!/usr/bin/env node
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildImages, imageNames, otherImageNames, readStatus } from './src/index.mjs';

const help = `Builds the base images from Debian packages.

  node tools/images/main.mjs build [name…]   build these images, or all: ${imageNames.join(', ')}
                                             and, only when named: ${otherImageNames.join(', ')}
  node tools/images/main.mjs --list          what is built, and where

  --cache DIR   where images and packages are kept (default: .cache of this checkout)
  --help        this text`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    cache: { type: 'string', default: resolve(dirname(fileURLToPath(import.meta.url)), '../../.cache') },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
const cacheDir = resolve(values.cache);
const [verb, ...names] = positionals;

/** Prints a line when something changed, not with every heartbeat. */
function reporter() {
  let last = '';
  return ({ name, state, percent, step, path, message }) => {
    const line = { building: `${percent} % ${step}`, ready: `ready: ${path}`, failed: `failed: ${message}` }[state];
    if (line !== last) console.log(`${name}: ${line}`);
    last = line;
  };
}

const allNames = [...imageNames, ...otherImageNames];

async function list() {
  for (const name of allNames) {
    const status = await readStatus(cacheDir, name);
    console.log([name, status?.state ?? 'not built', status?.path ?? ''].join('\t'));
  }
}

async function build() {
  const unknown = names.filter((name) => !allNames.includes(name));
  if (unknown.length > 0)
    throw new Error(`There is no image called ${unknown.join(', ')}; there are ${allNames.join(', ')}.`);
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => controller.abort());
  await buildImages({
    cacheDir,
    names: names.length > 0 ? names : imageNames,
    onStatus: reporter(),
    signal: controller.signal,
  });
}

try {
  if (values.help) console.log(help);
  else if (values.list) await list();
  else if (verb === 'build') await build();
  else {
    console.error(help);
    process.exitCode = 2;
  }
} catch (error) {
  console.error(error.name === 'AbortError' ? 'Interrupted.' : error.message);
  process.exitCode = 1;
}
