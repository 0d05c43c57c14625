import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabChanged, type RequestInputOf, RunCommand } from '@lab-orchestrator/contracts';
import { RequestClient } from '@lab-orchestrator/platform';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Consoles, startConsoles } from '../testing/console-fixture.js';

let lab: Consoles;
beforeAll(async () => void (lab = await startConsoles()));
afterAll(() => lab?.stop());

const run = (script: string, change: Partial<RequestInputOf<typeof RunCommand>> = {}) =>
  lab.service.app.get(RequestClient).call(
    RunCommand,
    {
      sessionId: lab.sessionId,
      system: 'desk',
      command: ['sh', '-c', script],
      timeoutMs: 10_000,
      maxOutputBytes: 1_000,
      ...change,
    },
    { deadlineMs: 60_000 },
  );
const processes = async (pattern: string) => (await run(`ps -eo args | grep -c "${pattern}" || true`)).stdout.trim();

describe('a command of a check', () => {
  it('gives its exit code and what it printed', async () => {
    expect(await run('echo out; echo err >&2; exit 3')).toEqual({
      exitCode: 3,
      stdout: 'out\n',
      stderr: 'err\n',
      timedOut: false,
      truncated: false,
    });
  });

  it('reads a script that the lab cannot replace', async () => {
    const stdin = 'test "$1" = "it\'s" && cat /proc/$$/comm';
    const result = await run('', { command: ['sh', '-s', "it's"], stdin });
    expect(result).toMatchObject({ exitCode: 0, stdout: 'sh\n' });
  });

  it('that hangs is ended at its time limit, and nothing of it goes on', async () => {
    const startedAt = performance.now();
    expect(await run('echo began; sleep 7654', { timeoutMs: 1_000 })).toMatchObject({
      timedOut: true,
      stdout: 'began\n',
    });
    expect(performance.now() - startedAt).toBeLessThan(6_000);
    await expect.poll(() => processes('[s]leep 7654'), { timeout: 10_000 }).toBe('0');
  });

  it('that floods is cut', async () => {
    const { stdout, truncated, exitCode } = await run('yes | head -c 5000000; exit 4');
    expect({ length: stdout.length, truncated, exitCode }).toEqual({ length: 1_000, truncated: true, exitCode: 4 });
  });

  it('that kills its own shell has failed', async () => {
    expect((await run('kill -9 $$')).exitCode).not.toBe(0);
  });

  it('runs alone in its system', async () => {
    const file = `/tmp/${randomUUID()}`;
    const counted = `n=$(cat ${file} 2>/dev/null || echo 0); sleep 0.2; echo $((n + 1)) > ${file}`;
    await Promise.all(Array.from({ length: 6 }, () => run(counted)));
    expect((await run(`cat ${file}`)).stdout).toBe('6\n');
  });

  it('is refused when its turn does not come in time', async () => {
    const long = run('sleep 5');
    await sleep(300);
    const requests = lab.service.app.get(RequestClient);
    const command = {
      sessionId: lab.sessionId,
      system: 'desk',
      command: ['true'],
      timeoutMs: 1_000,
      maxOutputBytes: 10,
    };
    await expect(requests.call(RunCommand, command, { deadlineMs: 4_500 })).rejects.toMatchObject({
      code: 'system_busy',
    });
    await long;
  });

  it.each([
    ['of an unknown system', { system: 'nobody' }, 'system_not_found'],
    ['without a program', { command: ['no-such-program'] }, /system_unreachable|127/],
  ])('%s has a clear end', async (_, change, code) => {
    const outcome = await run('', change).then(
      ({ exitCode }) => String(exitCode),
      (error: unknown) => String(Reflect.get(Object(error), 'code')),
    );
    expect(outcome).toMatch(code);
  });

  it('ends with its session, at once', async () => {
    const began = performance.now();
    const running = run('sleep 30', { timeoutMs: 30_000 });
    const outcome = expect(running).rejects.toMatchObject({ code: 'session_over', status: 409 });
    await sleep(500);
    const changed = { sessionId: lab.sessionId, generation: 2, desired: 'ended', phase: 'ending' } as const;
    await lab.publisher.publish(LabChanged, changed, { id: randomUUID() });
    await outcome;
    expect(performance.now() - began).toBeLessThan(8_000);
  });
});
