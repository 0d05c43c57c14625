import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { ImageRefusal } from './image-refusal.js';

/** xz needs as much memory as the archive's author asked for; this bounds it. */
const xzMemory = '256MiB';

/** Unpacks a file while counting: an archive that grows beyond the limit is stopped, not stored. */
export async function unpack(packing: 'gzip' | 'xz', from: string, to: string, maxBytes: number): Promise<void> {
  const cap = capped(maxBytes);
  const target = createWriteStream(to, { flags: 'wx', mode: 0o644 });
  if (packing === 'xz') return unxz(from, cap, target);
  try {
    await pipeline(createReadStream(from), createGunzip(), cap, target);
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) throw damaged('gzip', error);
    throw error;
  }
}

async function unxz(from: string, cap: Transform, target: NodeJS.WritableStream): Promise<void> {
  const xz = spawn('xz', ['--decompress', '--stdout', `--memlimit-decompress=${xzMemory}`, '--', from], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    xz.once('error', () => reject(new ImageRefusal('image_unsupported', 'The program "xz" is not installed here.')));
    xz.once('close', resolve);
  });
  try {
    const [code] = await Promise.all([ended, pipeline(xz.stdout, cap, target)]);
    if (code !== 0) throw damaged('xz');
  } finally {
    xz.kill('SIGKILL');
  }
}

function capped(maxBytes: number): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maxBytes)
        done(new ImageRefusal('image_too_large', `The image unpacks to more than ${maxBytes} bytes.`));
      else done(null, chunk);
    },
  });
}

function damaged(packing: string, cause?: Error): ImageRefusal {
  return new ImageRefusal('image_unsupported', `The ${packing} archive of the image is damaged.`, { cause });
}
