import { request as httpRequest, type IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Console, Consoles } from '@lab-orchestrator/lab-runtime';
import { headersForApp, headersFromApp, visitCookieOf } from './app-headers.js';
import { answerPage } from './app-page.js';
import { type AppEntrance, entrancePath } from './app-entrance.js';
import type { AppStore, AppTarget, Visit } from './app.store.js';

type Admitted = { target: AppTarget; visit: Visit };
export type AppProxyOptions = { domain: string; answerMs: number };

/** Serves the web ports of labs, each on its own random host name below the apps domain. */
export class AppProxy {
  /** What is open, by visit, so that a lost right closes it: WebSockets, and answers that never end. */
  private readonly open = new Set<{ visit: Visit; stream: Duplex | ServerResponse }>();

  constructor(
    private readonly runtime: Consoles,
    private readonly apps: AppStore,
    private readonly entrance: AppEntrance,
    private readonly onActivity: (sessionId: string) => void,
    private readonly options: AppProxyOptions,
  ) {}

  /** The random label of a request's host, or undefined when it is not below the apps domain. */
  labelOf(request: IncomingMessage): string | undefined {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    const label = host.endsWith(`.${this.options.domain}`) ? host.slice(0, -this.options.domain.length - 1) : '';
    return /^[0-9a-f]{30}$/.test(label) ? label : undefined;
  }

  async serve(request: IncomingMessage, response: ServerResponse, label: string) {
    const target = await this.apps.targetOf(label);
    if (!target) return answerPage(response, 404, 'Nothing here', 'This address belongs to no running lab.');
    if ((request.url ?? '/').split('?')[0] === entrancePath)
      return this.entrance.enter(request, response, label, target);
    const admitted = await this.admit(request, label, target);
    if (!admitted)
      return answerPage(
        response,
        401,
        'Open this app from your lab',
        'You are not signed in here. Go back to the lab and open the app there.',
      );
    this.onActivity(target.sessionId);
    this.hold(admitted.visit, response);
    await this.forward(request, response, target);
  }

  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, label: string) {
    const target = await this.apps.targetOf(label);
    const admitted = target && (await this.admit(request, label, target));
    if (!admitted) return void socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
    this.hold(admitted.visit, socket);
    const upstream = await this.connect(admitted.target);
    if (socket.destroyed) return void upstream.destroy();
    upstream.write(requestHead(request));
    if (head.length > 0) upstream.write(head);
    await Promise.all([pipeline(socket, upstream), pipeline(upstream, socket)]).catch(() => socket.destroy());
  }

  closeWhere(matches: (visit: Visit) => boolean) {
    for (const { visit, stream } of this.open) if (matches(visit)) stream.destroy();
  }

  /** Answers that are on their way go on. */
  closeSockets() {
    for (const { stream } of this.open) if (!(stream instanceof ServerResponse)) stream.destroy();
  }

  /** From the moment of admission, so that a right withdrawn while the system is connected counts. */
  private hold(visit: Visit, stream: Duplex | ServerResponse) {
    if (stream.destroyed) return;
    const entry = { visit, stream };
    this.open.add(entry);
    stream.once('close', () => this.open.delete(entry));
  }

  private async admit(request: IncomingMessage, label: string, target: AppTarget): Promise<Admitted | undefined> {
    const cookie = visitCookieOf(request.headers);
    const visit = cookie === undefined ? undefined : await this.apps.visitOf(cookie);
    return visit?.host === label ? { target, visit } : undefined;
  }

  private async forward(request: IncomingMessage, response: ServerResponse, target: AppTarget) {
    try {
      const upstream = await this.connect(target);
      if (response.destroyed) return void upstream.destroy();
      const outgoing = httpRequest({
        method: request.method,
        path: request.url,
        headers: headersForApp(request.headers),
        createConnection: () => upstream,
      });
      const tooLate = setTimeout(
        () => outgoing.destroy(new Error('the app did not answer in time')),
        this.options.answerMs,
      );
      response.once('close', () => outgoing.destroy());
      const answered = new Promise<IncomingMessage>((resolve, reject) =>
        outgoing.once('response', resolve).once('error', reject),
      );
      void pipeline(request, outgoing).catch(() => outgoing.destroy());
      const answer = await answered.finally(() => clearTimeout(tooLate));
      response.writeHead(answer.statusCode ?? 502, answer.statusMessage, headersFromApp(answer.headers));
      // Not with the first byte of the body, which may come much later.
      response.flushHeaders();
      await pipeline(answer, response);
    } catch {
      answerPage(
        response,
        503,
        'The app does not answer yet',
        'Its system may still be starting. Try again in a moment.',
      );
    }
  }

  private connect({ sessionId, system, port }: AppTarget): Promise<Console> {
    return this.runtime.open({ sessionId, system, channel: 'port', port });
  }
}

function requestHead(request: IncomingMessage): string {
  const headers = Object.entries({
    ...headersForApp(request.headers),
    connection: 'Upgrade',
    upgrade: request.headers.upgrade ?? 'websocket',
  });
  const lines = headers.flatMap(([name, value]) => [value ?? []].flat().map((one) => `${name}: ${String(one)}`));
  return [`${request.method} ${request.url} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}
