import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { mediaTypeOf } from '@lab-orchestrator/lab-folder';
import { pageAddress } from './addresses.js';
import type { BuiltLab } from './built-lab.js';
import { documentOf } from './draw/document.js';
import { previewScript, previewStyle } from './preview-assets.js';

const headers = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
} as const;
/** Files are written by strangers, perhaps: an SVG that a browser opens by itself may run nothing. */
const fileHeaders = { ...headers, 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox" };

/** Shows the pages of a lab to a browser on this machine, and tells it when there is something newer. */
export class PreviewServer {
  private readonly readers = new Set<ServerResponse>();

  constructor(private built: BuiltLab) {}

  readonly http: Server = createServer((request, response) => this.answer(request, response));

  show(built: BuiltLab): void {
    this.built = built;
    for (const reader of this.readers) this.tell(reader);
  }

  close(): void {
    this.http.close();
    this.http.closeAllConnections();
  }

  private answer(request: IncomingMessage, response: ServerResponse) {
    if (!isThisMachine(request)) return send(response, 403, 'text/plain', 'This preview is for localhost only.');
    if (request.method !== 'GET') return send(response, 405, 'text/plain', 'Only GET.');
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const [room = '', ...rest] = pathname.slice(1).split('/').map(decoded);
    if (room === 'preview.css') return send(response, 200, 'text/css', previewStyle);
    if (room === 'preview.js') return send(response, 200, 'text/javascript', previewScript);
    if (room === 'favicon.ico') return void response.writeHead(204, headers).end();
    if (room === 'events') return this.listen(response);
    if (room === 'files') return this.file(rest.join('/'), response);
    if (room === 'pages') return this.page(rest, response);
    if (room === '') return this.start(response);
    return send(response, 404, 'text/plain', 'Not found.');
  }

  private start(response: ServerResponse) {
    const [first] = this.built.instructions.languages;
    const [page] = first?.pages ?? [];
    if (!first || !page) return this.page([], response, 200);
    response.writeHead(302, { ...headers, location: pageAddress(first.language, page.slug) }).end();
  }

  /** Also where there is no such page, or none any more: what is wrong is shown there, and the next change, too. */
  private page([language, slug]: string[], response: ServerResponse, missing = 404) {
    const shown = language !== undefined && slug !== undefined ? { language, slug } : undefined;
    const { languages } = this.built.instructions;
    const exists = languages.some(
      (each) => each.language === language && each.pages.some((page) => page.slug === slug),
    );
    send(response, exists ? 200 : missing, 'text/html', documentOf(this.built, shown));
  }

  private file(path: string, response: ServerResponse) {
    const content = this.built.onPages.has(path) ? this.built.files.get(path) : undefined;
    if (!content) return send(response, 404, 'text/plain', 'Not found.');
    response.writeHead(200, { ...fileHeaders, 'content-type': mediaTypeOf(path), 'content-length': content.length });
    response.end(content);
  }

  private listen(response: ServerResponse) {
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
    response.write('retry: 1000\n\n');
    this.readers.add(response);
    response.once('close', () => this.readers.delete(response));
    this.tell(response);
  }

  private tell(reader: ServerResponse) {
    reader.write(`data: ${this.built.revision}\n\n`);
  }
}

/** A name that a stranger's page has pointed to this machine (DNS rebinding) is in the Host header. */
function isThisMachine({ headers: { host }, socket }: IncomingMessage) {
  const names = ['localhost', '127.0.0.1'];
  return names.some((name) => host === `${name}:${socket.localPort}`);
}

function decoded(part: string) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function send(response: ServerResponse, status: number, type: string, body: string) {
  response.writeHead(status, { ...headers, 'content-type': `${type}; charset=utf-8` }).end(body);
}
