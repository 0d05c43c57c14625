import { ListLabsRequest, ValidateLab } from '@lab-orchestrator/contracts';
import { sampleLab, zipOf } from '@lab-orchestrator/lab-folder/testing';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type LabRig, person, startRig, stream } from '../../lab-service.fixture.js';

const lecturer = person('lecturer');
/** Each page is within its limits, and all of them together take half a minute. */
const table = `a|b\n-|-\n${'a|b\n'.repeat(700)}\n`.repeat(13);
const slow = sampleLab(Object.fromEntries(Array.from({ length: 19 }, (_, at) => [`pages/en/p${at + 10}.md`, table])));

vi.setConfig({ testTimeout: 120_000 });
let rig: LabRig | undefined;
afterEach(() => rig?.stop());

async function validator(settings: Record<string, string>) {
  const service = (rig = await startRig(settings));
  const list = () => service.ask(ListLabsRequest, { sort: 'title', limit: 10, mine: false }, lecturer);
  const validate = async (files: Record<string, string>) => {
    const { key } = await service.blobs.put('LAB_UPLOADS', stream(zipOf(files)), { maxBytes: 2 ** 27 });
    return service.ask(ValidateLab, { archive: key }, lecturer);
  };
  return { list, validate };
}

describe('a lab that takes too long to check', () => {
  it('is refused in time, and holds up nobody else', async () => {
    const { list, validate } = await validator({ LAB_THREADS_TIMEOUT_S: '8' });
    expect(await validate(sampleLab())).toMatchObject({ valid: true });
    const delay = monitorEventLoopDelay({ resolution: 5 });
    const before = performance.now();
    const checked = validate(slow);
    delay.enable();
    let answered = 0;
    for (; (await Promise.race([checked, sleep(50)])) === undefined; answered += 1) await list();
    delay.disable();
    expect(await checked).toMatchObject({
      valid: false,
      diagnostics: [{ severity: 'error', file: 'pages', code: 'pages_too_slow' }],
    });
    expect(performance.now() - before).toBeLessThan(14_500);
    expect(answered).toBeGreaterThan(10);
    // Milliseconds; it is a part of them on an idle machine.
    expect(delay.max / 1e6).toBeLessThan(1_000);
    expect(await validate(sampleLab())).toMatchObject({ valid: true });
  });

  it('is refused when it takes too much memory, and the next is checked', async () => {
    const { validate } = await validator({ LAB_THREADS_MEMORY_MIB: '48' });
    expect(await validate(slow)).toMatchObject({
      valid: false,
      diagnostics: [{ severity: 'error', file: 'pages', code: 'pages_too_large' }],
    });
    expect(await validate(sampleLab())).toMatchObject({ valid: true });
  });
});
