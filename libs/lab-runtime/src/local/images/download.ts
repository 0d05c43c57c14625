import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type IncomingMessage, get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type AddressPolicy, checkImageUrl, hostOf, isAllowedAddress, refusedAddress } from './address-policy.js';
import { type Resolve, guardedLookup } from './guarded-lookup.js';
import { ImageRefusal } from './image-refusal.js';
import type { ImportLimits } from './import-limits.js';

export type Download = {
  url: string;
  sha256: string;
  policy: AddressPolicy;
  limits: ImportLimits;
  signal?: AbortSignal;
  resolve?: Resolve;
};
/** Called with the share that has arrived (0–1), where the total is known. */
export type OnShare = (share: number | undefined) => void;

const timeLimit = () => new ImageRefusal('image_timeout', 'The download of the image took too long.');
const stalled = () => new ImageRefusal('image_unreachable', 'The source of the image stopped sending.');

/** Fetches an image into a file; on return its checksum is the announced one. Throws `ImageRefusal` or a system error. */
export async function download(from: Download, file: string, onShare: OnShare): Promise<void> {
  const deadline = AbortSignal.timeout(from.limits.downloadTimeoutMs);
  const signal = AbortSignal.any(from.signal ? [deadline, from.signal] : [deadline]);
  try {
    const response = await follow(from, signal);
    const total = Number(response.headers['content-length'] ?? Number.NaN);
    if (total > from.limits.downloadBytes) throw tooLarge(from.limits.downloadBytes);
    await receive(response, Number.isNaN(total) ? undefined : total, from, file, onShare, signal);
  } catch (error) {
    throw deadline.aborted ? timeLimit() : error;
  }
}

/** Writes a stream of known checksum to a file, under the limits of an import. Also used for uploads. */
export async function receive(
  source: Readable,
  total: number | undefined,
  expected: Pick<Download, 'sha256' | 'limits'>,
  file: string,
  onShare: OnShare,
  signal?: AbortSignal,
): Promise<void> {
  const hash = createHash('sha256');
  const { downloadBytes, stallTimeoutMs } = expected.limits;
  let received = 0;
  const watchdog = setTimeout(() => source.destroy(stalled()), stallTimeoutMs);
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      watchdog.refresh();
      received += chunk.length;
      if (received > downloadBytes) return done(tooLarge(downloadBytes));
      hash.update(chunk);
      onShare(total ? Math.min(1, received / total) : undefined);
      done(null, chunk);
    },
  });
  try {
    await pipeline(source, meter, createWriteStream(file, { flags: 'wx', mode: 0o644 }), { signal });
  } finally {
    clearTimeout(watchdog);
  }
  const actual = hash.digest('hex');
  if (actual !== expected.sha256) {
    throw new ImageRefusal(
      'image_checksum_mismatch',
      `The image has the SHA-256 ${actual}, expected ${expected.sha256}.`,
    );
  }
}

/** Asks, and follows redirects one by one; each new address passes the same checks as the first. */
async function follow(from: Download, signal: AbortSignal): Promise<IncomingMessage> {
  let url = checkImageUrl(from.policy, from.url);
  for (let hop = 0; hop <= from.limits.redirects; hop += 1) {
    const response = await ask(url, from, signal);
    const status = response.statusCode ?? 0;
    if (status === 200) return response;
    response.destroy();
    if (status < 300 || status >= 400 || !response.headers.location) throw refusedStatus(status);
    const next = URL.parse(response.headers.location, url.href);
    url = checkImageUrl(from.policy, next?.href ?? '');
  }
  throw new ImageRefusal('image_address_refused', `The source redirects more than ${from.limits.redirects} times.`);
}

function ask(url: URL, from: Download, signal: AbortSignal): Promise<IncomingMessage> {
  const get = url.protocol === 'https:' ? getHttps : getHttp;
  return new Promise((resolve, reject) => {
    const request = get(url, {
      agent: false,
      lookup: guardedLookup(from.policy, from.resolve),
      signal,
      timeout: from.limits.stallTimeoutMs,
      headers: { 'accept-encoding': 'identity', 'user-agent': 'lab-orchestrator' },
    });
    request.once('response', resolve);
    request.once('error', reject);
    request.once('timeout', () => request.destroy(stalled()));
    // The look-up already decides; this holds even if a future Node connects by another way.
    request.once('socket', (socket) =>
      socket.once('connect', () => {
        const peer = socket.remoteAddress ?? '';
        if (!isAllowedAddress(from.policy, hostOf(url), peer)) request.destroy(refusedAddress(hostOf(url)));
      }),
    );
  });
}

function refusedStatus(status: number): ImageRefusal {
  if (status >= 500 || status === 429) {
    return new ImageRefusal('image_unreachable', `The source of the image answers with status ${status}.`);
  }
  return new ImageRefusal('image_not_found', `The source of the image answers with status ${status}.`);
}

function tooLarge(limit: number): ImageRefusal {
  return new ImageRefusal('image_too_large', `The image is larger than ${limit} bytes.`);
}
