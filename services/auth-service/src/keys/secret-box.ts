import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const nonceBytes = 12;
const tagBytes = 16;

/** What the service's one secret is used for; each purpose has a key of its own. */
export class SecretBox {
  private readonly encryptionKey: Buffer;
  private readonly derivationKey: Buffer;

  constructor(secret: string) {
    this.encryptionKey = keyFor(secret, 'signing keys at rest');
    this.derivationKey = keyFor(secret, 'refresh token chain');
  }

  /** AES-256-GCM: nonce, tag, text. */
  encrypt(text: string): Buffer {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', this.encryptionKey, nonce);
    const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]);
  }

  decrypt(box: Buffer): string {
    const decipher = createDecipheriv('aes-256-gcm', this.encryptionKey, box.subarray(0, nonceBytes));
    decipher.setAuthTag(box.subarray(nonceBytes, nonceBytes + tagBytes));
    return decipher.update(box.subarray(nonceBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8');
  }

  /** What follows from `text`: always the same, and unguessable without the secret. */
  derive(text: string): string {
    return createHmac('sha256', this.derivationKey).update(text).digest('base64url');
  }
}

function keyFor(secret: string, purpose: string) {
  return Buffer.from(hkdfSync('sha256', secret, 'lab-orchestrator', purpose, 32));
}
