import { createHash } from 'node:crypto';
import { request as requestHttp, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { type Readable, Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ImageRefusal } from '../../local/images/image-refusal.js';
import type { Cluster } from '../client/cluster.js';
import type { Kind, KubeObject } from '../client/kube-object.js';
import { textOf } from '../client/transport.js';
import type { UploadTokenRequest } from '../types/cdi/upload-token-request.js';

export type Upload = {
  proxy: { url: string; ca?: string };
  token: string;
  file: { stream: Readable; sizeBytes?: number };
  sha256: string;
  maxBytes: number;
  signal: AbortSignal;
};

/** What is asked has no status yet. */
type TokenRequest = KubeObject & Pick<UploadTokenRequest, 'spec'> & Partial<Pick<UploadTokenRequest, 'status'>>;

const tokenRequests: Kind<TokenRequest> = {
  apiVersion: 'upload.cdi.kubevirt.io/v1beta1',
  kind: 'UploadTokenRequest',
  plural: 'uploadtokenrequests',
  namespaced: true,
};

/** A token for sending one disk into one claim. CDI lets it live for five minutes. */
export async function uploadToken(cluster: Cluster, namespace: string, pvcName: string): Promise<string> {
  const { apiVersion, kind } = tokenRequests;
  const asked = { apiVersion, kind, metadata: { name: pvcName, namespace }, spec: { pvcName } };
  const { status } = await cluster.create<TokenRequest>(asked, { kind: tokenRequests });
  if (!status?.token) throw new ImageRefusal('image_tool_failed', 'CDI gave no token for the upload.');
  return status.token;
}

/**
 * Sends a file to CDI's upload proxy. The last piece is kept back until the checksum is known to be right, so that a
 * file that is not the announced one is never complete.
 */
export async function sendUpload({ proxy, token, file, sha256, maxBytes, signal }: Upload): Promise<void> {
  const url = new URL('/v1beta1/upload-async', proxy.url);
  const headers = {
    authorization: `Bearer ${token}`,
    'content-type': 'application/octet-stream',
    ...(file.sizeBytes === undefined ? {} : { 'content-length': String(file.sizeBytes) }),
  };
  const options: RequestOptions & { ca?: string } = { method: 'POST', headers, signal, agent: false, ca: proxy.ca };
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options);
  const answered = new Promise<{ status: number; body: string }>((resolve, reject) => {
    request.once('response', (response) => {
      textOf(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
    });
    request.once('error', reject);
  });
  // Whoever loses the race is heard all the same.
  answered.catch(() => undefined);
  await pipeline(file.stream, new CheckedPieces(sha256, maxBytes), request, { signal });
  const { status, body } = await answered;
  if (status >= 200 && status < 300) return;
  const code = status >= 500 ? 'image_unreachable' : 'image_tool_failed';
  throw new ImageRefusal(code, `CDI does not take the upload (${status}): ${body.slice(0, 300)}`);
}

/** Passes bytes on, one piece late. */
class CheckedPieces extends Transform {
  private readonly hash = createHash('sha256');
  private bytes = 0;
  private kept: Buffer | undefined;

  constructor(
    private readonly sha256: string,
    private readonly maxBytes: number,
  ) {
    super();
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.bytes += chunk.length;
    if (this.bytes > this.maxBytes) {
      return done(new ImageRefusal('image_too_large', `The file is larger than ${this.maxBytes} bytes.`));
    }
    this.hash.update(chunk);
    const before = this.kept;
    this.kept = chunk;
    done(null, before);
  }

  override _flush(done: TransformCallback): void {
    const actual = this.hash.digest('hex');
    if (actual === this.sha256) return done(null, this.kept);
    const text = `The file has the SHA-256 ${actual}, expected ${this.sha256}.`;
    done(new ImageRefusal('image_checksum_mismatch', text));
  }
}
