import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { bootstrap } from './bootstrap.mjs';
import { imageNames, loadImage } from './images.mjs';
import { lockCache } from './lock.mjs';
import { progressReader } from './progress.mjs';
import { missingPackages, missingSentence } from './requirements.mjs';
import { outputOf, run } from './run.mjs';
import { readStatus, writeStatus } from './status.mjs';

/** A status older than a minute means that its builder died; a living one says so more often. */
const heartbeatMs = 2_000;

const fileName = { container: 'rootfs.tar', disk: 'disk.qcow2' };

/**
 * Builds the named images, or all, one after the other; those that are up to date cost nothing.
 * Several processes may call this at once.
 * @param {{ cacheDir: string, names?: string[], onStatus?: (status: import('./status.mjs').ImageStatus) => void, signal?: AbortSignal }} options
 * @returns {Promise<void>} rejects with the first failure, after all images were tried
 */
export async function buildImages({ cacheDir, names = imageNames, onStatus = () => undefined, signal }) {
  const images = await Promise.all(names.map(loadImage));
  const publish = async (status) => {
    await writeStatus(cacheDir, status);
    onStatus(status);
  };
  const failures = [];
  for (const image of images) {
    const ready = await readyStatus(cacheDir, image);
    if (ready) {
      onStatus(ready);
      continue;
    }
    try {
      await buildLocked(image, { cacheDir, publish, onStatus, signal });
    } catch (error) {
      if (signal?.aborted) throw error;
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function readyStatus(cacheDir, image) {
  const status = await readStatus(cacheDir, image.name);
  if (status?.state !== 'ready' || status.digest !== image.digest) return undefined;
  return (await sizeOf(status.path)) === undefined ? undefined : status;
}

async function sizeOf(path) {
  return (await stat(path).catch(() => undefined))?.size;
}

async function buildLocked(image, { cacheDir, publish, onStatus, signal }) {
  const lock = await lockCache(cacheDir, signal);
  try {
    const ready = await readyStatus(cacheDir, image);
    if (ready) onStatus(ready);
    else await buildReporting(image, { cacheDir, publish, signal });
  } finally {
    await lock.release();
  }
}

/** Builds one image and keeps its status up to date, whatever happens. */
async function buildReporting(image, { cacheDir, publish, signal }) {
  const before = await readStatus(cacheDir, image.name);
  const lastGood = before?.path
    ? { path: before.path, sizeBytes: before.sizeBytes, virtualSizeBytes: before.virtualSizeBytes }
    : {};
  const identity = { name: image.name, kind: image.kind, digest: image.digest };
  let progress = { percent: 0, step: 'packages' };
  const report = () => publish({ ...identity, ...lastGood, state: 'building', ...progress });
  await report();
  let pending = Promise.resolve();
  const heartbeat = setInterval(() => (pending = pending.then(report)), heartbeatMs);
  const onProgress = (percent, step) => (progress = { percent, step });
  try {
    const missing = await missingPackages();
    if (missing.length > 0) throw new Error(missingSentence(missing));
    const built = await buildOne(image, { cacheDir, onProgress, signal });
    await stopHeartbeat();
    await publish({ ...identity, state: 'ready', percent: 100, ...built });
  } catch (error) {
    await stopHeartbeat();
    const message = signal?.aborted ? 'The build was interrupted; the next one starts again.' : error.message;
    await publish({ ...identity, ...lastGood, state: 'failed', message });
    throw error;
  }
  async function stopHeartbeat() {
    clearInterval(heartbeat);
    await pending;
  }
}

async function buildOne(image, { cacheDir, onProgress, signal }) {
  const imageDir = join(cacheDir, 'images', image.name);
  const workDir = join(imageDir, '.work');
  await rm(workDir, { recursive: true, force: true });
  await mkdir(workDir, { recursive: true });
  const log = createWriteStream(join(imageDir, 'build.log'));
  const readProgress = progressReader(onProgress);
  const onLine = (line) => {
    log.write(`${new Date().toISOString().slice(14, 23)} ${line}\n`);
    readProgress(line);
  };
  try {
    const raw = await bootstrap(image, { cacheDir, workDir, onLine, signal });
    onProgress(95, 'store');
    const details = image.kind === 'disk' ? await toQcow2(raw, join(workDir, 'out.qcow2'), signal) : { file: raw };
    return await store(image, imageDir, details);
  } finally {
    log.end();
    await rm(workDir, { recursive: true, force: true });
  }
}

async function toQcow2(raw, file, signal) {
  await run(['qemu-img', 'convert', '-f', 'raw', '-O', 'qcow2', raw, file], { signal });
  const info = JSON.parse(await outputOf(['qemu-img', 'info', '--output=json', file]));
  return { file, virtualSizeBytes: info['virtual-size'] };
}

/** Moves the finished file under its digest. Disks of older recipes stay: running machines may be layered on them. */
async function store(image, imageDir, { file, virtualSizeBytes }) {
  const dir = join(imageDir, image.digest);
  const path = join(dir, fileName[image.kind]);
  await mkdir(dir, { recursive: true });
  await copyFile(join(image.dir, 'image.json'), join(dir, 'image.json'));
  await rename(file, path);
  if (image.kind === 'container') {
    const older = (await readdir(imageDir)).filter((name) => /^[0-9a-f]{64}$/.test(name) && name !== image.digest);
    for (const name of older) await rm(join(imageDir, name), { recursive: true, force: true });
  }
  return { path, sizeBytes: await sizeOf(path), ...(virtualSizeBytes ? { virtualSizeBytes } : {}) };
}
