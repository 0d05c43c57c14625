import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ConformanceSubject } from './subject.js';
import type { SessionSpec } from '@lab-orchestrator/contracts';
import type { LabRuntime } from '../port/lab-runtime.js';
import { container, session } from './subject.js';
import { applied, removed, settled, sh, started } from './steps.js';

/** What a shell, an engine or the kubelet would act on, were it not taken as it is. */
const oddValues = {
  QUOTES: `it's "quoted" \`here\``,
  LINES: 'one\ntwo\n\n',
  DOLLARS: '$(hostname) $(COLOUR) $COLOUR ${COLOUR} $$(COLOUR) $$ $',
  BACKSLASHES: String.raw`\n \\ \x1b C:\new\ `.trimEnd(),
  ESCAPES: '\u001b[31mred\u001b[0m\u0007\t\r',
  EDGES: '  =#, ä€𝄞  ',
  EMPTY: '',
};

export function describeLifecycle(subject: () => ConformanceSubject): void {
  describe('life of a session', () => {
    let spec: ReturnType<typeof session>;

    beforeAll(async () => {
      const file = {
        path: '/home/lab/notes/readme.txt',
        contentBase64: Buffer.from('read me\n').toString('base64'),
        mode: '0640',
      };
      const alpha = container(subject(), 'alpha', {
        environment: { COLOUR: 'green and blue', ...oddValues },
        files: [file],
      });
      spec = session([alpha, container(subject(), 'beta')]);
      await started(subject().runtime, spec);
    });
    afterAll(() => removed(subject().runtime, spec.sessionId));

    it('gives each system its environment, its files and an ordinary user', async () => {
      const seen = await sh(
        subject().runtime,
        spec,
        'alpha',
        'echo "$COLOUR"; stat -c "%a %u" notes/readme.txt; cat notes/readme.txt; id -u; hostname',
      );
      expect(seen).toMatchObject({ exitCode: 0, stdout: 'green and blue\n640 1000\nread me\n1000\nalpha\n' });
    });

    it('gives the environment byte for byte', async () => {
      const names = Object.keys(oddValues);
      const line = `for name in ${names.join(' ')}; do echo "$name $(printf %s "\${!name-unset}" | base64 -w 0)"; done`;
      const seen = await sh(subject().runtime, spec, 'alpha', line);
      const given = seen.stdout
        .trimEnd()
        .split('\n')
        .map((row) => row.split(' '))
        .map(([name, base64 = '']) => [name, Buffer.from(base64, 'base64').toString()]);
      expect(Object.fromEntries(given)).toEqual(oddValues);
    });

    it('lets people work in the folders of the files that it gives', async () => {
      const work = 'echo mine > notes/mine.txt && cp notes/readme.txt notes/copy && mv notes/copy notes/renamed';
      const seen = await sh(subject().runtime, spec, 'alpha', `${work} && cat notes/mine.txt notes/renamed`);
      expect(seen).toMatchObject({ exitCode: 0, stdout: 'mine\nread me\n' });
    });

    it('takes a second apply, also from another process, for a repeat', async () => {
      await sh(subject().runtime, spec, 'alpha', 'echo kept > /tmp/mark');
      await Promise.all([subject().runtime.apply(spec), subject().second.apply(spec)]);
      expect((await sh(subject().second, spec, 'alpha', 'cat /tmp/mark')).stdout).toBe('kept\n');
    });

    it('lists the session, for every process', async () => {
      expect(await subject().runtime.sessions()).toContain(spec.sessionId);
      expect(await subject().second.sessions()).toContain(spec.sessionId);
    });

    it('refuses an outdated generation', async () => {
      await subject().runtime.apply({ ...spec, generation: 2 });
      await refusedAsStale(subject().second, spec);
    });

    it('pauses, and resumes', async () => {
      const { runtime } = subject();
      await runtime.pause(spec.sessionId);
      await runtime.pause(spec.sessionId);
      expect((await runtime.observe(spec)).systems.map(({ state }) => state)).toEqual(['paused', 'paused']);
      await expect(sh(runtime, spec, 'alpha', 'true')).rejects.toMatchObject({ code: 'unreachable', retryable: true });
      // A pause is not undone by whoever applies the same wish again.
      await runtime.apply({ ...spec, generation: 2 });
      expect((await runtime.observe(spec)).systems.map(({ state }) => state)).toEqual(['paused', 'paused']);
      await runtime.resume(spec.sessionId);
      await runtime.resume(spec.sessionId);
      expect((await settled(runtime, spec)).systems.map(({ state }) => state)).toEqual(['ready', 'ready']);
      expect((await sh(runtime, spec, 'alpha', 'cat notes/readme.txt')).stdout).toBe('read me\n');
    });

    it('freezes processes and keeps them', async ({ skip }) => {
      if (subject().lacks?.has('frozen containers')) skip('this runtime cannot');
      const { runtime } = subject();
      await sh(
        runtime,
        spec,
        'alpha',
        '(i=0; while true; do i=$((i+1)); echo $i > /tmp/count; sleep 0.1; done) >/dev/null 2>&1 &',
      );
      await runtime.pause(spec.sessionId);
      await runtime.resume(spec.sessionId);
      await settled(runtime, spec);
      const counts = await sh(runtime, spec, 'alpha', 'cat /tmp/count; sleep 1; cat /tmp/count');
      const [before = 0, after = 0] = counts.stdout.trim().split('\n').map(Number);
      expect(before).toBeGreaterThan(0);
      expect(after).toBeGreaterThan(before);
    });

    it('restarts one system in place: its disk stays, its processes do not', async () => {
      const { runtime } = subject();
      await sh(runtime, spec, 'beta', 'echo disk > ~/disk; sleep 1000 >/dev/null 2>&1 &');
      await runtime.restart({ sessionId: spec.sessionId, system: 'beta' });
      await settled(runtime, spec);
      const seen = await sh(
        runtime,
        spec,
        'beta',
        'cat ~/disk; grep -lz "^sleep" /proc/[0-9]*/cmdline | grep -vw 1 | wc -l; getent hosts alpha | wc -l',
      );
      if (!subject().lacks?.has('container files over a restart')) expect(seen.stdout.split('\n')[0]).toBe('disk');
      expect(seen.stdout.trim().split('\n').at(-1)).toBe('1');
    });

    it('tells watchers of a change', async () => {
      const seen = new Set<string>();
      const watch = subject().second.watch((sessionId) => seen.add(sessionId));
      await expect
        .poll(
          async () => {
            await subject().runtime.restart({ sessionId: spec.sessionId, system: 'beta' });
            return [...seen];
          },
          { timeout: 20_000, interval: 1000 },
        )
        .toContain(spec.sessionId);
      watch[Symbol.dispose]();
    });

    it('says how much is left', async () => {
      // A system that was just restarted counts a moment later.
      await vi.waitFor(async () => {
        const { memoryBytes, cpus } = await subject().runtime.capacity();
        expect(memoryBytes.total - memoryBytes.free).toBeGreaterThanOrEqual(2 * 64 * 2 ** 20);
        expect(cpus.free).toBeLessThan(cpus.total);
      }, 10_000);
    });
  });

  describe('end of a session', () => {
    it('leaves nothing, says so, and may be repeated', async () => {
      const { runtime, leftovers } = subject();
      const spec = session([container(subject(), 'alpha')]);
      await applied(runtime, spec);
      await removed(runtime, spec.sessionId);
      expect(await runtime.remove(spec.sessionId)).toEqual({ gone: true, remaining: [] });
      expect(await leftovers(spec.sessionId)).toEqual([]);
      expect(await runtime.sessions()).not.toContain(spec.sessionId);
      expect((await runtime.observe(spec)).systems[0]).toMatchObject({ state: 'absent' });
    });

    it('is final for what was wished before', async () => {
      const { runtime, second, leftovers } = subject();
      const spec = session([container(subject(), 'alpha')]);
      await applied(runtime, spec);
      await removed(runtime, spec.sessionId);
      await refusedAsStale(second, spec);
      expect(await leftovers(spec.sessionId)).toEqual([]);
    });

    it('wins over an apply that is under way', async () => {
      const { runtime, second, leftovers } = subject();
      const spec = session(['a', 'b', 'c', 'd'].map((name) => container(subject(), name)));
      const applying = second.apply(spec).catch((error: unknown) => error);
      await expect.poll(() => leftovers(spec.sessionId)).not.toEqual([]);
      await removed(runtime, spec.sessionId);
      await applying;
      await removed(runtime, spec.sessionId);
      expect(await leftovers(spec.sessionId)).toEqual([]);
    });

    it('is the end of a session nobody knows', async () => {
      expect(await subject().runtime.remove(crypto.randomUUID())).toEqual({ gone: true, remaining: [] });
    });
  });
}

/** Another process may hear of a later wish a moment later; until then the old one changes nothing. */
async function refusedAsStale(runtime: LabRuntime, spec: SessionSpec): Promise<void> {
  const outcome = () =>
    runtime.apply(spec).then(
      () => 'taken',
      (error: unknown) => error,
    );
  await expect.poll(outcome).toMatchObject({ code: 'stale_generation', retryable: false });
}
