import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Advice } from '../../../tools/setup/advice.mjs';

/** One call of the API, as the API server wrote it down. */
export interface AuditedCall {
  verb: string;
  requestURI: string;
  user: { username: string };
  stage: string;
  objectRef?: { resource?: string; namespace?: string; name?: string; subresource?: string; apiGroup?: string };
  responseStatus?: { code: number };
  requestReceivedTimestamp: string;
  stageTimestamp: string;
}

const file = process.env['LAB_BENCH_AUDIT_LOG'] ?? '/var/lib/lab-cluster/logs/audit.log';
/** The API server writes in batches of its own. */
const writtenWithinMs = 1_500;

/** Reads what the API server has written down since it was opened. */
export class AuditLog {
  private readonly from = sizeOf();

  /** Whole calls of one account since then; a watch is written down once when it begins. */
  async callsOf(user: string): Promise<AuditedCall[]> {
    await sleep(writtenWithinMs);
    const lines = this.text()
      .split('\n')
      .filter((line) => line.includes(user));
    return lines
      .map((line) => JSON.parse(line) as AuditedCall)
      .filter(({ user: { username } }) => username === user)
      .filter(({ verb, stage }) => stage === (verb === 'watch' ? 'ResponseStarted' : 'ResponseComplete'));
  }

  private text(): string {
    const size = sizeOf() - this.from;
    if (size < 0) throw new Error('The audit log was begun anew meanwhile: measure again.');
    const bytes = Buffer.alloc(size);
    const handle = openSync(file, 'r');
    readSync(handle, bytes, 0, size, this.from);
    closeSync(handle);
    // The last line may be half written.
    return bytes.toString('utf8', 0, bytes.lastIndexOf('\n') + 1);
  }
}

function sizeOf(): number {
  try {
    return statSync(file).size;
  } catch {
    throw new Advice(`There is no audit log at ${file}: set LAB_BENCH_AUDIT_LOG (see ../shared/cluster/README.md).`);
  }
}
