import { SystemObservation } from '@lab-orchestrator/contracts';
import { describe, expect, it } from 'vitest';
import { type RecordedLine, recording, type World, worldsOf } from '../../testing/recording.js';
import { observeDisks } from './observe-disks.js';
import { observeVm } from './observe-vm.js';

const system = { name: 'server', networks: ['lan'], ready: { timeoutS: 120 } };

/** Parsing it shows that each answer is one the port allows. */
const seen = (world: World, laterMs = 0) =>
  SystemObservation.parse(observeVm({ system, vm: world.vm, ...world, nowMs: world.nowMs + laterMs }));
const told = (world: World) => {
  const { state, stage, reason } = seen(world);
  return `${state} ${stage}${reason ? ` ${reason.code}` : ''}`;
};
const changes = <T>(all: T[]) => all.filter((now, n) => now !== all[n - 1]);
/** What was told, one after the other, each once. */
const story = (lines: readonly RecordedLine[]) => changes([...worldsOf(lines)].map(told));
const last = (name: string) => [...worldsOf(recording(name))].at(-1) as World;

describe('the story of a recorded VM', () => {
  it('that was started, paused, restarted, stopped and deleted', () => {
    expect(story(recording('vm-life'))).toMatchInlineSnapshot(`
      [
        "stopped disk",
        "starting image",
        "starting boot",
        "ready ready",
        "paused ready",
        "starting boot",
        "ready ready",
        "starting boot",
        "starting image",
        "starting boot",
        "ready ready",
        "starting boot",
        "stopped boot",
        "stopped disk",
        "starting image",
        "starting boot",
        "ready ready",
        "absent disk",
      ]
    `);
  });

  it('whose emulator was killed', () => {
    expect(story(recording('vm-emulator-killed'))).toMatchInlineSnapshot(`
      [
        "starting image",
        "starting boot",
        "ready ready",
        "starting boot",
        "starting image",
        "starting boot",
        "ready ready",
      ]
    `);
  });

  it('whose pod was deleted by hand', () => {
    expect(story(recording('vm-pod-deleted'))).toMatchInlineSnapshot(`
      [
        "starting image",
        "starting boot",
        "ready ready",
        "starting boot",
        "starting image",
        "starting boot",
        "ready ready",
      ]
    `);
  });

  it('whose kernel panics, which KubeVirt does not notice', () => {
    expect(story(recording('vm-crash-loop'))).toMatchInlineSnapshot(`
      [
        "starting image",
        "starting boot",
        "ready ready",
      ]
    `);
  });

  it.each([
    ['vm-bad-image', 'image_not_found', /registry.test.disk.none:1 cannot be pulled/],
    ['vm-too-big', 'no_node_fits', /What is short: memory/],
    ['vm-missing-pvc', 'disk_missing', /nope does not exist/],
  ])('%s: waits whether it passes, then says what is wrong', (name, code, text) => {
    expect(story(recording(name))).toEqual(['starting image']);
    const { state, reason } = seen(last(name), 60_000);
    expect({ state, code: reason?.code }).toEqual({ state: 'broken', code });
    expect(reason?.text).toMatch(text);
    expect(reason?.advice).not.toBe('');
  });

  it('vm-clone-not-authorized: says so before it is deleted', () => {
    const worlds = [...worldsOf(recording('vm-clone-not-authorized'))];
    const created = worlds.findLast(({ vm }) => vm && !vm.metadata.deletionTimestamp) as World;
    expect(told(created)).toMatch(/^starting/);
    expect(seen(created, 60_000).reason).toMatchObject({
      code: 'vm_refused',
      text: expect.stringMatching(/not authorized/),
    });
    expect(worlds.slice(-2).map(told)).toEqual(['absent disk', 'absent disk']);
  });
});

describe('any recorded VM', () => {
  const names = ['vm-life', 'vm-emulator-killed', 'vm-pod-deleted', 'vm-bad-image', 'vm-too-big', 'vm-missing-pvc'];

  it.each(names)('%s ends the same when lines come twice', (name) => {
    const lines = recording(name);
    expect(story(lines.flatMap((line) => [line, line]))).toEqual(story(lines));
  });

  it.each(names)('%s is never called broken when lines are lost', (name) => {
    const lines = recording(name);
    for (let seed = 0; seed < 40; seed += 1) {
      const kept = lines.filter((_, n) => (n * 7 + seed * 13) % 10 < 7 || n === lines.length - 1);
      expect(story(kept).filter((now) => now.startsWith('broken'))).toEqual([]);
    }
  });
});

describe('the story of a recorded disk', () => {
  const tale = (name: string, laterMs = 0) => {
    const worlds = [...worldsOf(recording(name))];
    const disks = worlds.map(({ dataVolumes, nowMs }) => observeDisks(dataVolumes, nowMs + laterMs));
    return changes(disks.map((now) => (now.are === 'broken' ? `broken ${now.reason.code}` : now.are)));
  };

  it.each([
    ['dv-import', ['coming']],
    ['dv-clone', ['coming', 'ready']],
    ['dv-import-too-small', ['coming']],
    ['dv-import-404', ['coming']],
  ])('%s', (name, expected) => expect(tale(name)).toEqual(expected));

  it('is told in percent', () => {
    const { dataVolumes, nowMs } = last('dv-import');
    expect(observeDisks(dataVolumes, nowMs)).toEqual({ are: 'coming', percent: 37 });
  });

  it('ends when its source stays away', () => {
    const { dataVolumes, nowMs } = last('dv-import-404');
    const disks = observeDisks(dataVolumes, nowMs + 60_000);
    expect(disks).toMatchObject({
      are: 'broken',
      reason: { code: 'disk_failed', text: expect.stringMatching(/404 Not Found/) },
    });
  });
});
