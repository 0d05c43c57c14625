import { type IncomingMessage, get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import {
  type AddressPolicy,
  checkImageUrl,
  hostOf,
  isAllowedAddress,
  refusedAddress,
} from '../../local/images/address-policy.js';
import { diskFormatOf, packingOf } from '../../local/images/content-format.js';
import { type Resolve, guardedLookup } from '../../local/images/guarded-lookup.js';
import { ImageRefusal, toRefusal } from '../../local/images/image-refusal.js';
import { checkQcow2Header, qcow2HeadBytes } from '../../local/images/qcow2-header.js';

export type Look = {
  url: string;
  policy: AddressPolicy;
  maxBytes: number;
  redirects: number;
  timeoutMs?: number;
  resolve?: Resolve;
};

/** What the beginning of a source tells: how large its disk is, where it tells that. */
export type Looked = { virtualBytes?: number };

/**
 * Looks at the beginning of a source before CDI fetches it: what is no disk, needs other files, or lies at a private
 * address is refused in a second, and the volume gets the right size. CDI fetches the file anew and checks it itself.
 */
export async function lookAtSource(look: Look): Promise<Looked> {
  const signal = AbortSignal.timeout(look.timeoutMs ?? 15_000);
  try {
    const { head, fileBytes } = await beginning(look, signal);
    return judge(head, fileBytes, look.maxBytes);
  } catch (error) {
    if (signal.aborted) throw new ImageRefusal('image_unreachable', 'The source of the image does not answer.');
    throw toRefusal(error);
  }
}

/** Judges a disk by its first bytes. `fileBytes`: of the whole file, where known. */
export function judge(head: Buffer, fileBytes: number | undefined, maxBytes: number): Looked {
  if (packingOf(head) !== 'none') return {};
  const found = diskFormatOf(head);
  if ('what' in found) {
    throw new ImageRefusal('image_unsupported', `The image is ${found.what}, not a raw or qcow2 disk.`);
  }
  if (found.format === 'qcow2') {
    const verdict = checkQcow2Header(head, fileBytes ?? Number.MAX_SAFE_INTEGER, maxBytes);
    if (verdict.ok) return { virtualBytes: verdict.header.virtualBytes };
    throw new ImageRefusal(verdict.code, `The image cannot be used: ${verdict.why}.`);
  }
  if (fileBytes !== undefined && fileBytes < 512) {
    throw new ImageRefusal('image_unsupported', 'The image is too short to be a disk.');
  }
  if (fileBytes !== undefined && fileBytes > maxBytes) {
    throw new ImageRefusal('image_too_large', 'The disk is larger than the limit.');
  }
  return { virtualBytes: fileBytes };
}

/** Follows redirects one by one; each new address passes the same checks as the first. */
async function beginning(look: Look, signal: AbortSignal): Promise<{ head: Buffer; fileBytes: number | undefined }> {
  let url = checkImageUrl(look.policy, look.url);
  for (let hop = 0; hop <= look.redirects; hop += 1) {
    const response = await ask(url, look, signal);
    const status = response.statusCode ?? 0;
    if (status === 200 || status === 206) return { head: await headOf(response), fileBytes: bytesOf(response) };
    response.destroy();
    if (status < 300 || status >= 400 || !response.headers.location) throw refusedStatus(status);
    url = checkImageUrl(look.policy, URL.parse(response.headers.location, url.href)?.href ?? '');
  }
  throw new ImageRefusal('image_address_refused', `The source redirects more than ${look.redirects} times.`);
}

function ask(url: URL, { policy, resolve: lookup }: Look, signal: AbortSignal): Promise<IncomingMessage> {
  const get = url.protocol === 'https:' ? getHttps : getHttp;
  const headers = {
    range: `bytes=0-${qcow2HeadBytes - 1}`,
    'accept-encoding': 'identity',
    'user-agent': 'lab-orchestrator',
  };
  return new Promise((resolve, reject) => {
    const request = get(url, { agent: false, lookup: guardedLookup(policy, lookup), signal, headers });
    request.once('response', resolve);
    request.once('error', reject);
    // The look-up already decides; this holds for addresses that are written in the URL, too.
    request.once('socket', (socket) =>
      socket.once('connect', () => {
        const peer = socket.remoteAddress ?? '';
        if (!isAllowedAddress(policy, hostOf(url), peer)) request.destroy(refusedAddress(hostOf(url)));
      }),
    );
  });
}

async function headOf(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response) {
    const piece = Buffer.from(chunk);
    chunks.push(piece);
    bytes += piece.length;
    if (bytes >= qcow2HeadBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, qcow2HeadBytes);
}

/** Of the whole file: behind the slash of a partial answer, else the length. */
function bytesOf({ headers, statusCode }: IncomingMessage): number | undefined {
  const total = statusCode === 206 ? headers['content-range']?.split('/')[1] : headers['content-length'];
  const bytes = Number(total ?? Number.NaN);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

function refusedStatus(status: number): ImageRefusal {
  const text = `The source of the image answers with status ${status}.`;
  return new ImageRefusal(status >= 500 || status === 429 ? 'image_unreachable' : 'image_not_found', text);
}
