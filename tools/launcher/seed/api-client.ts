import { AccessToken, apiPrefix, routes } from '@lab-orchestrator/contracts';

/** An answer of the API that is not a success. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

/** The public API, used as clients use it. */
export class ApiClient {
  private readonly origin: string;
  private readonly token: string | undefined;

  constructor(origin: string, token?: string) {
    this.origin = origin;
    this.token = token;
  }

  async signIn(username: string, password: string): Promise<ApiClient> {
    const answer = await this.send('POST', routes.login.path, JSON.stringify({ username, password }));
    return new ApiClient(this.origin, AccessToken.parse(answer).accessToken);
  }

  /** Sends JSON, or a form as it is, and answers with the parsed body. */
  async send(
    method: string,
    path: string,
    body?: string | FormData,
    headers: Record<string, string> = {},
  ): Promise<unknown> {
    const answer = await fetch(`${this.origin}${apiPrefix}${path}`, {
      method,
      body,
      headers: {
        ...(typeof body === 'string' ? { 'content-type': 'application/json' } : {}),
        ...(this.token === undefined ? {} : { authorization: `Bearer ${this.token}` }),
        ...headers,
      },
      signal: AbortSignal.timeout(60_000),
    });
    const text = await answer.text();
    const parsed: unknown = text === '' ? undefined : JSON.parse(text);
    if (!answer.ok) throw new ApiError(answer.status, detailOf(parsed) ?? `HTTP ${answer.status}`);
    return parsed;
  }
}

function detailOf(problem: unknown): string | undefined {
  if (typeof problem !== 'object' || problem === null || !('detail' in problem)) return undefined;
  const errors = 'errors' in problem ? ` ${JSON.stringify(problem.errors)}` : '';
  return `${String(problem.detail)}${errors}`;
}
