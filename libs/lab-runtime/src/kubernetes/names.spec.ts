import { describe, expect, it } from 'vitest';
import { labelsOf, networkLabel, networkLabels, selectorOf } from './labels.js';
import * as names from './names.js';

const id = '0b7f3f0e-5a52-4f1a-9d3e-2f6f2b8f0a11';
const longest = { instance: `a${'b'.repeat(19)}`, label: `a${'b'.repeat(39)}` };

describe('names on the cluster', () => {
  it.each([
    ['the namespace of a session', names.namespaceOf('main', id), `main-${id}`, 63],
    ['the namespace of images', names.imageNamespaceOf('main'), 'main-images', 63],
    ['the namespace of removals', names.ledgerNamespaceOf('main'), 'main-ledger', 63],
    ['a tombstone', names.tombstoneName(id), `removed-${id}`, 253],
    ['a disk', names.diskName('web', 'root'), 'web-root', 253],
    ['the policy of a network', names.networkPolicyName('lan'), 'network-lan', 253],
    ['the files of a system', names.filesName('web', '0a1b'), 'files-web-0a1b', 253],
  ])('%s', (_, name, expected, most) => {
    expect(name).toBe(expected);
    expect(name.length).toBeLessThanOrEqual(most);
  });

  it('fit when everything is as long as it may be', () => {
    expect(names.namespaceOf(longest.instance, id)).toHaveLength(57);
    expect(names.diskName(longest.label, longest.label).length).toBeLessThanOrEqual(253);
    expect(networkLabel(longest.label).split('/')[1]?.length).toBeLessThanOrEqual(63);
  });

  it('find what they label', () => {
    expect(labelsOf('main', id, 'web')).toEqual({
      'lab-orchestrator.dev/instance': 'main',
      'lab-orchestrator.dev/session': id,
      'lab-orchestrator.dev/system': 'web',
    });
    expect(networkLabels(['lan'])).toEqual({ 'lab-orchestrator.dev/network.lan': 'true' });
    expect(selectorOf('main', id)).toBe(`lab-orchestrator.dev/instance=main,lab-orchestrator.dev/session=${id}`);
  });
});
