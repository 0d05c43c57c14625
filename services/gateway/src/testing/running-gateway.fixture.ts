import { type RunningService, startService } from '@lab-orchestrator/platform';
import { readConfig } from '../config.js';
import { gateway } from '../gateway.js';

export const publicUrl = 'http://localhost:8080';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface CallOptions {
  token?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

/** The real gateway on a free port, asked over HTTP as a browser would. For specs. */
export interface RunningGateway {
  readonly url: string;
  readonly service: RunningService;
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  stop(): Promise<void>;
}

export async function runGateway(env: Record<string, string>): Promise<RunningGateway> {
  const config = readConfig({ LAB_LOG_LEVEL: 'silent', LAB_PUBLIC_URL: publicUrl, LAB_PORT: '0', ...env });
  const service = await startService(gateway(config));
  const url = `http://127.0.0.1:${service.httpPort}`;
  return {
    url,
    service,
    call: (method, path, options) => call(`${url}/api/v1${path}`, method, options),
    stop: () => service.stop(),
  };
}

async function call(url: string, method: string, { token, body, headers }: CallOptions = {}): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}
