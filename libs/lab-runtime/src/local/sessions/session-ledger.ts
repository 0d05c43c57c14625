import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Reason } from '@lab-orchestrator/contracts';
import { RuntimeError } from '../../port/runtime-error.js';

/** Session ids are never used again, so what was removed need not be remembered for ever. */
const rememberedMs = 7 * 24 * 3600 * 1000;

/**
 * What was asked last for each session, as empty files `<generation>.applied` and `<generation>.removed` that are only
 * ever added: processes need no lock, and one that was asleep for a minute sees that it is too late.
 */
export class SessionLedger {
  constructor(private readonly folder: string) {}

  /** Records that this generation is being built; refuses one that is older than what is recorded. */
  async claim(sessionId: string, generation: number): Promise<void> {
    await this.check(sessionId, generation);
    await this.add(sessionId, `${generation}.applied`);
  }

  /** Throws `stale_generation` when a later wish, or a removal of this one, has been recorded. */
  async check(sessionId: string, generation: number): Promise<void> {
    const { applied, removed } = await this.recorded(sessionId);
    if (applied <= generation && removed < generation) return;
    const text = `Generation ${generation} of session ${sessionId} is outdated (seen: ${Math.max(applied, removed)}).`;
    throw new RuntimeError('stale_generation', text, false);
  }

  /** Has it been removed since its last wish? */
  async isRemoved(sessionId: string): Promise<boolean> {
    const { applied, removed } = await this.recorded(sessionId);
    return removed >= applied && removed > 0;
  }

  /** From now on, what was wished so far is not built any more. */
  async markRemoved(sessionId: string, generations: readonly number[]): Promise<void> {
    const { applied } = await this.recorded(sessionId);
    const last = Math.max(applied, ...generations);
    if (last > 0) await this.add(sessionId, `${last}.removed`);
  }

  /** Why a system cannot work, when the engine itself does not remember it. */
  async noteBroken(sessionId: string, system: string, reason: Reason): Promise<void> {
    await mkdir(join(this.folder, sessionId), { recursive: true });
    await writeFile(join(this.folder, sessionId, `${system}.broken`), JSON.stringify(reason));
  }

  async broken(sessionId: string, system: string): Promise<Reason | undefined> {
    const text = await readFile(join(this.folder, sessionId, `${system}.broken`), 'utf8').catch(() => undefined);
    return text === undefined ? undefined : Reason.safeParse(parseJson(text)).data;
  }

  async forgetBroken(sessionId: string, system?: string): Promise<void> {
    const names = system
      ? [`${system}.broken`]
      : (await this.names(sessionId)).filter((name) => name.endsWith('.broken'));
    await Promise.all(names.map((name) => rm(join(this.folder, sessionId, name), { force: true })));
  }

  /** Drops what is older than a week. */
  async prune(nowMs: number): Promise<void> {
    for (const sessionId of await readdir(this.folder).catch(() => [])) {
      const folder = join(this.folder, sessionId);
      const info = await stat(folder).catch(() => undefined);
      if (info && nowMs - info.mtimeMs > rememberedMs && (await this.isRemoved(sessionId))) {
        await rm(folder, { recursive: true, force: true });
      }
    }
  }

  private async recorded(sessionId: string): Promise<{ applied: number; removed: number }> {
    const names = await this.names(sessionId);
    return { applied: highest(names, '.applied'), removed: highest(names, '.removed') };
  }

  private names(sessionId: string): Promise<string[]> {
    return readdir(join(this.folder, sessionId)).catch(() => []);
  }

  private async add(sessionId: string, name: string): Promise<void> {
    await mkdir(join(this.folder, sessionId), { recursive: true });
    await writeFile(join(this.folder, sessionId, name), '');
  }
}

function highest(names: readonly string[], suffix: string): number {
  const numbers = names.filter((name) => name.endsWith(suffix)).map((name) => Number(name.slice(0, -suffix.length)));
  return Math.max(0, ...numbers);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
