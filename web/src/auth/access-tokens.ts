import { ApiError } from '../api/api-error.js';

export interface IssuedToken {
  accessToken: string;
  expiresInS: number;
}
interface Options {
  /** Asks for a new access token by the refresh cookie. */
  refresh: () => Promise<IssuedToken>;
  /** Runs one task at a time across all tabs: two refreshes with one cookie would look like a stolen token. */
  exclusively: <T>(task: () => Promise<T>) => Promise<T>;
  now?: () => number;
}

/** Renew when less than this is left, so that a request does not meet an expired token on its way. */
const MARGIN_MS = 10_000;

/** Keeps the access token, in memory only, and renews it: once, however many ask. */
export class AccessTokens {
  #token: { text: string; expiresAt: number } | undefined;
  #pending: Promise<string | undefined> | undefined;
  readonly #options: Options;
  readonly #now: () => number;

  constructor(options: Options) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  set({ accessToken, expiresInS }: IssuedToken): string {
    this.#token = { text: accessToken, expiresAt: this.#now() + expiresInS * 1_000 };
    return accessToken;
  }

  clear(): void {
    this.#token = undefined;
  }

  /** A token that is still good, or undefined when nobody is signed in. */
  async get(): Promise<string | undefined> {
    if (this.#token !== undefined && this.#token.expiresAt - this.#now() > MARGIN_MS) return this.#token.text;
    return this.#renew();
  }

  /** A token other than the refused one. */
  async replace(refused: string): Promise<string | undefined> {
    if (this.#token?.text === refused) this.#token = undefined;
    return this.get();
  }

  #renew(): Promise<string | undefined> {
    this.#pending ??= this.#options
      .exclusively(async () => this.set(await this.#options.refresh()))
      .catch((error: unknown) => {
        if (error instanceof ApiError && (error.status === 401 || error.status === 403)) {
          this.clear();
          return undefined;
        }
        throw error;
      })
      .finally(() => (this.#pending = undefined));
    return this.#pending;
  }
}
