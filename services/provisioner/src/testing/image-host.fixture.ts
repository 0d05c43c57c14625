import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

type Answer = (response: ServerResponse) => void;

/** A web server with images on it, over https as the API asks for, whose certificate this process trusts. */
export class ImageHost {
  readonly requests = new Map<string, number>();
  private readonly answers = new Map<string, Answer>();

  private constructor(private readonly server: Server) {
    server.on('request', ({ url = '' }, response) => {
      this.requests.set(url, (this.requests.get(url) ?? 0) + 1);
      const answer = this.answers.get(url);
      if (answer) answer(response);
      else response.writeHead(404).end();
    });
  }

  static async start(): Promise<ImageHost> {
    const { key, cert } = certificate();
    setDefaultCACertificates([...getCACertificates('default'), cert]);
    const server = createServer({ key, cert });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return new ImageHost(server);
  }

  /** The address by number is the one that the provisioner may reach; by name it is private like any other. */
  url(path: string, host = '127.0.0.1'): string {
    return `https://${host}:${(this.server.address() as AddressInfo).port}${path}`;
  }

  answer(path: string, answer: Answer): void {
    this.answers.set(path, answer);
  }

  serve(path: string, bytes: Buffer): void {
    this.answer(path, (response) => response.writeHead(200, { 'content-length': bytes.length }).end(bytes));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

function certificate(): { key: string; cert: string } {
  const folder = mkdtempSync(join(tmpdir(), 'lab-certificate-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    const subject = ['-subj', '/CN=images', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost'];
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-x509', '-days', '2'];
    execFileSync('openssl', ['req', ...kind, ...subject, '-keyout', key, '-out', cert], { stdio: 'pipe' });
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
