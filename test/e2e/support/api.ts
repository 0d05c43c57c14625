import { setTimeout as sleep } from 'node:timers/promises';
import { apiPrefix, type Session } from '@lab-orchestrator/contracts';
import type { Login } from './product.ts';

/** The public API as an integrator uses it. */
export class Api {
  private readonly url: string;
  /** For what sends requests of its own. */
  readonly token: string;

  private constructor(url: string, token: string) {
    this.url = url;
    this.token = token;
  }

  static async signIn(url: string, { username, password }: Login): Promise<Api> {
    const response = await fetch(`${url}${apiPrefix}/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify({ username, password }),
    });
    const { accessToken } = (await response.json()) as { accessToken: string };
    return new Api(url, accessToken);
  }

  async send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.url}${apiPrefix}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** The answer's body; anything but success is thrown with what the server said. */
  async call<T = unknown>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await this.send(method, path, body);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** Sends a form, as a browser does. */
  async upload<T = unknown>(path: string, form: FormData): Promise<T> {
    const response = await fetch(`${this.url}${apiPrefix}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.token}` },
      body: form,
    });
    if (!response.ok) throw new Error(`POST ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  async labNamed(slug: string): Promise<string> {
    const { items } = await this.call<{ items: { id: string; slug: string }[] }>('GET', '/labs?limit=200');
    const lab = items.find((item) => item.slug === slug);
    if (!lab) throw new Error(`the product has no lab "${slug}"`);
    return lab.id;
  }

  start(labId: string): Promise<Session> {
    return this.call('POST', '/sessions', { labId });
  }

  session(id: string): Promise<Session> {
    return this.call('GET', `/sessions/${id}`);
  }

  end(id: string) {
    return this.call('POST', `/sessions/${id}/end`);
  }

  /** Waits until the session is in one of the phases; servers that are away for a moment are waited for. */
  async reaches(id: string, phases: Session['phase'][], timeoutMs: number): Promise<Session> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const session = await this.session(id).catch(() => undefined);
      if (session && phases.includes(session.phase)) return session;
      if (Date.now() > deadline)
        throw new Error(
          `session ${id} is ${session?.phase ?? 'unknown'}, not ${phases.join(' or ')}: ${JSON.stringify(session?.systems)}`,
        );
      await sleep(500);
    }
  }
}
