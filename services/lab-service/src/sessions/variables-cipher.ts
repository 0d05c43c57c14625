import type { VariableValues } from '@lab-orchestrator/lab-folder';
import { CONFIG } from '@lab-orchestrator/platform';
import { Inject, Injectable } from '@nestjs/common';
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { LabConfig } from '../config.js';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;
const Values = z.record(z.string(), z.string());

/** Keeps the variables of sessions unreadable in the database and its backups. Each is bound to its session. */
@Injectable()
export class VariablesCipher {
  private readonly key: Buffer;

  constructor(@Inject(CONFIG) { LAB_SESSION_SECRET }: Pick<LabConfig, 'LAB_SESSION_SECRET'>) {
    this.key = Buffer.from(hkdfSync('sha256', LAB_SESSION_SECRET, '', 'lab-orchestrator session variables', 32));
  }

  seal(sessionId: string, values: VariableValues): Buffer {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv(algorithm, this.key, iv).setAAD(Buffer.from(sessionId));
    const sealed = Buffer.concat([cipher.update(JSON.stringify(values), 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
  }

  /** @throws when the secret is another one than when it was sealed, or the bytes belong to another session */
  open(sessionId: string, bytes: Buffer): VariableValues {
    const decipher = createDecipheriv(algorithm, this.key, bytes.subarray(0, ivBytes))
      .setAAD(Buffer.from(sessionId))
      .setAuthTag(bytes.subarray(ivBytes, ivBytes + tagBytes));
    const text = Buffer.concat([decipher.update(bytes.subarray(ivBytes + tagBytes)), decipher.final()]);
    return Values.parse(JSON.parse(text.toString('utf8')));
  }
}
