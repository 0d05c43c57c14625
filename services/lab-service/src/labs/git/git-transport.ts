import { UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import type { GitHttpRequest, GitHttpResponse, HttpClient } from 'isomorphic-git';
import { once } from 'node:events';
import { type IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { Readable } from 'node:stream';
import { publicLookup, refusePrivateLiteral } from './public-address.js';

/** What one import may transfer. */
const maxBytes = 64 * 2 ** 20;

/** Carries git over HTTPS to the open internet only. Redirects are not followed: each would be another address to check. */
@Injectable()
export class GitTransport {
  /** A client for one import, ended by the signal. */
  client(signal: AbortSignal): HttpClient {
    let received = 0;
    const count = (bytes: number) => {
      received += bytes;
      if (received > maxBytes) throw tooLarge();
    };
    return { request: (call) => this.request(call, signal, count) };
  }

  protected send(url: URL, call: GitHttpRequest, signal: AbortSignal) {
    refusePrivateLiteral(url);
    return request(url, { method: call.method ?? 'GET', headers: call.headers ?? {}, lookup: publicLookup, signal });
  }

  private async request(
    call: GitHttpRequest,
    signal: AbortSignal,
    count: (bytes: number) => void,
  ): Promise<GitHttpResponse> {
    const outgoing = this.send(new URL(call.url), call, signal);
    Readable.from(call.body ?? []).pipe(outgoing);
    const response = await responseOf(once(outgoing, 'response'));
    return {
      url: call.url,
      statusCode: response.statusCode ?? 0,
      statusMessage: response.statusMessage ?? '',
      headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
      body: counted(response, count),
    };
  }
}

async function responseOf(event: Promise<IncomingMessage[]>): Promise<IncomingMessage> {
  const [response] = await event;
  if (!response) throw new Error('a response event carries a response');
  return response;
}

async function* counted(response: IncomingMessage, count: (bytes: number) => void): AsyncIterableIterator<Uint8Array> {
  for await (const chunk of response) {
    if (!(chunk instanceof Uint8Array)) continue;
    count(chunk.length);
    yield chunk;
  }
}

const tooLarge = () =>
  new UserError('too_large', { status: 413, detail: `A repository may have ${maxBytes} bytes when packed.` });
