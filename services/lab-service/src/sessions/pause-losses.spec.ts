import type { ResolvedDisk, ResolvedLab } from '@lab-orchestrator/lab-folder';
import { describe, expect, it } from 'vitest';
import { pauseLosses } from './pause-losses.js';

const sources = {
  'small-vm': { kind: 'builtin', name: 'small-vm' },
  web: { kind: 'http', url: 'https://images.test/web.qcow2', sha256: 'a'.repeat(64) },
  'registry.test/os:1': { kind: 'containerDisk', reference: 'registry.test/os:1' },
} as const;
const imageOf = (name: string) => ({ source: sources[name as keyof typeof sources] });

const image = (name: string, more: object = {}) => ({ kind: 'image', name: 'root', image: name, ...more });
const empty = (persistent: boolean) => ({ kind: 'empty', name: 'data', persistent, sizeBytes: 64 });
const cd = { kind: 'cdrom', name: 'tools', image: 'small-vm' };

/** A container, a machine of these disks, and one that never lasts. */
const lab = (disks: object[], hibernate?: boolean) =>
  ({
    rules: { hibernate },
    systems: [
      { name: 'shell', kind: 'container' },
      { name: 'server', kind: 'vm', disks },
      { name: 'demo', kind: 'vm', disks: [image('small-vm')] },
    ],
  }) as unknown as ResolvedLab;
const lasting = [image('small-vm', { persistent: true })] as ResolvedDisk[];
const cluster = { freezesContainers: false, hibernation: { atOnce: false } };
const atOnce = { ...cluster, hibernation: { atOnce: true, afterS: 60 } };
const later = { ...cluster, hibernation: { atOnce: false, afterS: 60 } };

describe('a pause takes something from', () => {
  it.each([
    ['nobody, as far as is known', undefined, false, { pauseLoses: [] }],
    ['nobody on one machine, whatever the lab says', { freezesContainers: true }, true, { pauseLoses: [] }],
    ['containers of a cluster', cluster, false, { pauseLoses: ['shell'] }],
    ['machines, where all are shut down', atOnce, false, { pauseLoses: ['shell', 'server'] }],
    ['machines, where the lab says so', later, true, { pauseLoses: ['shell', 'server'] }],
    [
      'machines when it lasts',
      later,
      false,
      { pauseLoses: ['shell'], pauseLosesLater: { afterS: 60, systems: ['server'] } },
    ],
  ])('%s', (_, features, hibernate, losses) => {
    expect(pauseLosses(lab(lasting, hibernate), features, imageOf)).toEqual(losses);
  });

  it('nobody later where no disks last', () => {
    expect(pauseLosses(lab([image('small-vm')]), later, imageOf)).toEqual({ pauseLoses: ['shell'] });
  });

  it.each([
    ['persistent', [image('small-vm', { persistent: true })], true],
    ['sized, which makes it a copy', [image('small-vm', { sizeBytes: 64 })], true],
    ['imported', [image('web')], true],
    ['a containerDisk of the platform', [image('small-vm')], false],
    ['a containerDisk of a registry', [image('registry.test/os:1')], false],
    ['scratch', [image('web'), empty(false)], false],
    ['empty at first, and persistent', [image('web'), empty(true)], true],
    ['a CD, which nobody writes on', [image('web'), cd], true],
  ])('a machine that is shut down, because its disks last: %s', (_, disks, shutDown) => {
    expect(pauseLosses(lab(disks), atOnce, imageOf).pauseLoses.includes('server')).toBe(shutDown);
  });
});
