import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { accessTokenAlgorithm } from '@lab-orchestrator/contracts';
import { Database, TransientError } from '@lab-orchestrator/platform';
import { exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import type { EntityManager } from 'typeorm';
import { followerAt, nextKeyOf, type NextKey, publishedOf, type RotationRules, signerOf } from './rotation.js';
import type { SecretBox } from './secret-box.js';
import { SigningKey } from './signing-key.entity.js';

type PrivateKey = Awaited<ReturnType<typeof importJWK>>;

/** The signing keys. Private keys leave Postgres only decrypted into this process's memory. */
@Injectable()
export class KeyRing {
  private readonly logger = new Logger('KeyRing');
  private readonly privateKeys = new Map<string, Promise<PrivateKey>>();
  private keys: SigningKey[] = [];

  constructor(
    private readonly database: Database,
    private readonly box: SecretBox,
    private readonly rules: RotationRules,
  ) {}

  /** Creates the next key when its time has come, forgets keys nobody needs, and reads what is there. */
  async refresh(now = new Date()): Promise<void> {
    await this.change(now, (keys) => nextKeyOf(keys, now, this.rules));
  }

  /** The next key now, whatever the schedule says. */
  async rotate(now = new Date()): Promise<void> {
    await this.change(now, () => followerAt(now, this.rules));
  }

  async signer(now = new Date()): Promise<{ kid: string; key: PrivateKey }> {
    const current = signerOf(this.keys, now);
    if (!current) throw new TransientError('no signing key yet');
    return { kid: current.kid, key: await this.privateKeyOf(current) };
  }

  published(now = new Date()): JWK[] {
    return publishedOf(this.keys, now).map(({ publicJwk }) => publicJwk);
  }

  /** The lock makes processes that start together agree on one first key. */
  private async change(now: Date, next: (keys: SigningKey[]) => NextKey | undefined) {
    this.keys = await this.database.transaction(async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', ['auth signing keys']);
      await tx.query('DELETE FROM signing_keys WHERE published_until <= $1', [now]);
      const keys = await tx.find(SigningKey);
      const created = await this.add(tx, keys, next(keys));
      return created ? tx.find(SigningKey) : keys;
    });
  }

  private async add(tx: EntityManager, keys: readonly SigningKey[], next: NextKey | undefined) {
    if (!next) return false;
    const { privateKey, publicKey } = await generateKeyPair(accessTokenAlgorithm, {
      crv: 'Ed25519',
      extractable: true,
    });
    const kid = randomUUID();
    await tx.query('UPDATE signing_keys SET published_until = $1 WHERE published_until IS NULL', [next.retireOthersAt]);
    await tx.insert(SigningKey, {
      kid,
      publicJwk: { ...(await exportJWK(publicKey)), kid, alg: accessTokenAlgorithm, use: 'sig' },
      privateJwkEncrypted: this.box.encrypt(JSON.stringify(await exportJWK(privateKey))),
      signsFrom: next.signsFrom,
      publishedUntil: null,
    });
    this.logger.log({ kid, signsFrom: next.signsFrom, before: keys.length }, 'signing key created');
    return true;
  }

  private privateKeyOf({ kid, privateJwkEncrypted }: SigningKey): Promise<PrivateKey> {
    const known = this.privateKeys.get(kid);
    if (known) return known;
    const key = importJWK(JSON.parse(this.box.decrypt(privateJwkEncrypted)), accessTokenAlgorithm);
    this.privateKeys.set(kid, key);
    return key;
  }
}
