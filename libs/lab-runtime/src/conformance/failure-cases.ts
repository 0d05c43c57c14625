import { afterEach, describe, expect, it } from 'vitest';
import type { ConformanceSubject } from './subject.js';
import { container, session } from './subject.js';
import { applied, removed, settled, sh, started } from './steps.js';

/** Where only memory bounds their number, a node ends thousands of processes while each waits for memory to end in. */
const bombEndsWithinMs = 240_000;

export function describeFailures(subject: () => ConformanceSubject): void {
  describe('what goes wrong', () => {
    const ids: string[] = [];
    const remembered = (spec: ReturnType<typeof session>) => {
      ids.push(spec.sessionId);
      return spec;
    };
    afterEach(async () => {
      for (const id of ids.splice(0)) await removed(subject().runtime, id);
    });

    it('names an image that does not exist, at the latest when a system wants it', async () => {
      const { runtime, missingImage } = subject();
      const spec = remembered(session([container(subject(), 'alpha', { image: missingImage })]));
      await applied(runtime, spec, 'image_missing');
      const seen = async () => (await runtime.observe(spec)).systems[0];
      await expect
        .poll(seen, { timeout: 90_000, interval: 500 })
        .toMatchObject({ state: 'broken', stage: 'image', reason: { code: 'image_not_found', system: 'alpha' } });
    });

    it('knows before a start that an image does not exist', async ({ skip }) => {
      if (subject().lacks?.has('image check ahead')) skip('this runtime cannot');
      const { runtime, missingImage } = subject();
      await expect
        .poll(() => runtime.ensureImage(missingImage), { timeout: 30_000 })
        .toMatchObject({ state: 'failed', reason: { code: 'image_not_found' } });
      const spec = remembered(session([container(subject(), 'alpha', { image: missingImage })]));
      await expect(runtime.apply(spec)).rejects.toMatchObject({ code: 'image_missing', retryable: true });
    });

    it('tells of each broken system why, and leaves the others alone', async () => {
      const { runtime } = subject();
      const ends = ['bash', '-c', 'echo the disk is upside down >&2; exit 42'];
      const spec = remembered(
        session([
          container(subject(), 'ends', { command: ends }),
          container(subject(), 'typo', { command: ['no-such-program'] }),
          container(subject(), 'late', { ready: { tcp: 9, timeoutS: 1 } }),
          container(subject(), 'greedy', { command: ['bash', '-c', 'exec tail /dev/zero'] }),
          container(subject(), 'well'),
        ]),
      );
      await applied(runtime, spec);
      // It runs for a moment before it has taken all of its memory.
      const greedy = async () => (await settled(runtime, spec)).systems[3]?.reason?.code;
      await expect.poll(greedy, { timeout: 40_000, interval: 500 }).toBe('out_of_memory');
      const { systems } = await settled(runtime, spec);
      expect(systems.map(({ name, state, reason }) => [name, state, reason?.code, reason?.system])).toEqual([
        ['ends', 'broken', 'system_exited', 'ends'],
        ['typo', 'broken', expect.stringMatching(/^system_(exited|not_startable)$/), 'typo'],
        ['late', 'broken', 'not_ready_in_time', 'late'],
        ['greedy', 'broken', 'out_of_memory', 'greedy'],
        ['well', 'ready', undefined, undefined],
      ]);
      expect(systems[0]?.reason?.text).toMatch(/42.*the disk is upside down/s);
      // Applying again does not wake what is broken; a restart does.
      await runtime.apply(spec);
      expect((await runtime.observe(spec)).systems[0]).toMatchObject({ state: 'broken' });
    });

    it('holds a fork bomb inside its system, and removes it', { timeout: 300_000 }, async () => {
      const { runtime, leftovers } = subject();
      const spec = remembered(session([container(subject(), 'alpha'), container(subject(), 'beta')]));
      await started(runtime, spec);
      await sh(runtime, spec, 'alpha', '(bomb() { bomb | bomb & }; bomb) >/dev/null 2>&1 &', 3000).catch(
        () => undefined,
      );
      expect(await sh(runtime, spec, 'beta', 'echo alive')).toMatchObject({ exitCode: 0, stdout: 'alive\n' });
      await removed(runtime, spec.sessionId, bombEndsWithinMs);
      await expect.poll(() => leftovers(spec.sessionId), { timeout: 5_000 }).toEqual([]);
    });

    it('completes a start that was interrupted, or removes all of it', async () => {
      const { runtime, second, leftovers } = subject();
      const spec = remembered(session(['a', 'b', 'c'].map((name) => container(subject(), name))));
      const interrupt = new AbortController();
      const applying = second.apply(spec, { signal: interrupt.signal }).catch((error: unknown) => error);
      await expect.poll(() => leftovers(spec.sessionId), { interval: 20, timeout: 20_000 }).not.toEqual([]);
      interrupt.abort();
      await applying;
      await started(runtime, spec);
    });
  });
}
