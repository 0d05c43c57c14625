import type { ReplyInputOf, RequestOf, SignIn } from '@lab-orchestrator/contracts';
import { Database, UserError } from '@lab-orchestrator/platform';
import { Injectable } from '@nestjs/common';
import { AccessTokenIssuer } from '../keys/access-token.issuer.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { User } from '../users/user.entity.js';
import { addressBlock } from './address-block.js';
import { type Attempt, LoginLimits, tooManyAttempts } from './login-limits.js';
import { Turnstile } from './turnstile.js';
import { type IssuedRefreshToken, RefreshTokensService, sessionEnded } from './refresh-tokens.service.js';

type SignedIn = ReplyInputOf<typeof SignIn>;

/** Signing in with a name and a password, and staying signed in. */
@Injectable()
export class SignInService {
  private readonly turnstile = new Turnstile();

  constructor(
    private readonly database: Database,
    private readonly hasher: PasswordHasher,
    private readonly limits: LoginLimits,
    private readonly refreshTokens: RefreshTokensService,
    private readonly issuer: AccessTokenIssuer,
  ) {}

  async signIn({ password, address, userAgent, ...typed }: RequestOf<typeof SignIn>): Promise<SignedIn> {
    const username = typed.username.trim().toLowerCase();
    const attempt = { username, block: addressBlock(address) };
    const found = await this.database.transaction((tx) => tx.findOneBy(User, { username }));
    const verified = await this.verify(attempt, found, password);
    if (!verified) throw invalidCredentials();
    return this.open(verified, { address, userAgent });
  }

  async refresh(refreshToken: string): Promise<SignedIn> {
    const issued = await this.refreshTokens.rotate(refreshToken);
    const user = await this.database.transaction((tx) => tx.findOneBy(User, { id: issued.userId }));
    if (!user || user.disabledAt) throw sessionEnded();
    return this.reply(user, issued);
  }

  async signOut(refreshToken: string) {
    await this.refreshTokens.signOut(refreshToken);
    return {};
  }

  /** Also for someone who is signed in and confirms with the password: the same limits hold. */
  async verify(attempt: Attempt, user: User | null, password: string): Promise<User | undefined> {
    const isKnownBlock = async () => user !== null && this.refreshTokens.isKnownBlock(user.id, attempt.block);
    const wait = await this.turnstile.enter(attempt.block, () => this.limits.take(attempt, isKnownBlock));
    if (wait !== undefined) throw tooManyAttempts(wait);
    try {
      const matches = await this.hasher.matches(user?.passwordHash ?? null, password);
      if (!matches || !user || user.disabledAt) return undefined;
      await this.limits.succeeded(attempt);
      return user;
    } finally {
      this.turnstile.leave(attempt.block);
    }
  }

  private async open(user: User, client: { address: string; userAgent?: string }) {
    const issued = await this.database.transaction(async (tx) => {
      await tx.update(User, user.id, { lastLoginAt: new Date() });
      return this.refreshTokens.open(tx, user, client);
    });
    return this.reply(user, issued);
  }

  private async reply(user: User, { familyId, refreshToken, refreshExpiresInS }: IssuedRefreshToken) {
    return { ...(await this.issuer.issue(user, familyId)), refreshToken, refreshExpiresInS };
  }
}

/** The same words whether the name, the password or the account is the reason. */
function invalidCredentials() {
  return new UserError('invalid_credentials', { status: 401, detail: 'The name or the password is wrong.' });
}
