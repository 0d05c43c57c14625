import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SessionLedger } from './session-ledger.js';

describe('SessionLedger', () => {
  let folder: string;
  let ledger: SessionLedger;
  const stale = { code: 'stale_generation', retryable: false };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lab-ledger-'));
    ledger = new SessionLedger(join(folder, 'ledger'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('takes the same wish again and a later one, and refuses an earlier one', async () => {
    await ledger.claim('s', 2);
    await ledger.claim('s', 2);
    await ledger.claim('s', 10);
    await expect(ledger.claim('s', 2)).rejects.toMatchObject(stale);
    await expect(ledger.check('s', 9)).rejects.toMatchObject(stale);
  });

  it('refuses what was removed, for a process that never saw the removal, and takes a later wish', async () => {
    await ledger.claim('s', 3);
    await ledger.markRemoved('s', []);
    const zombie = new SessionLedger(join(folder, 'ledger'));
    await expect(zombie.check('s', 3)).rejects.toMatchObject(stale);
    expect(await zombie.isRemoved('s')).toBe(true);
    await zombie.claim('s', 4);
    expect(await ledger.isRemoved('s')).toBe(false);
  });

  it('believes labels when its own notes were lost', async () => {
    await ledger.markRemoved('s', [4, 7]);
    await expect(ledger.claim('s', 7)).rejects.toMatchObject(stale);
  });

  it('remembers why a system is broken until it is restarted', async () => {
    const reason = { code: 'disk_full', system: 'alpha', text: 'full', advice: 'less' };
    await ledger.noteBroken('s', 'alpha', reason);
    expect(await ledger.broken('s', 'alpha')).toEqual(reason);
    expect(await ledger.broken('s', 'beta')).toBeUndefined();
    await ledger.forgetBroken('s', 'alpha');
    expect(await ledger.broken('s', 'alpha')).toBeUndefined();
  });

  it('forgets removed sessions after a week, and no others', async () => {
    await ledger.claim('old', 1);
    await ledger.markRemoved('old', []);
    await ledger.claim('open', 1);
    await ledger.prune(Date.now() + 8 * 24 * 3600 * 1000);
    await ledger.claim('old', 1);
    await expect(ledger.claim('open', 0)).rejects.toMatchObject(stale);
  });
});
