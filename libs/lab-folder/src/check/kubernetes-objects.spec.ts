import { describe, expect, it } from 'vitest';
import { filesOf, sampleLab } from '../testing/sample-lab.js';
import { checkFolder } from './check-folder.js';
import { correct, strict } from './mistake.fixture.js';
import type { CheckOptions } from './options.js';

const admin: CheckOptions = { ...strict, allowReferences: true, allowKubernetesObjects: true };
/** The sample lab with these objects, one a line from line 18 on. */
const check = (objects: readonly string[], options = admin) => {
  const part = `kubernetes:\n  objects:\n${objects.map((object) => `    - ${object}\n`).join('')}`;
  return checkFolder(filesOf(sampleLab({ 'lab.yaml': correct.replace('presets:', `${part}presets:`) })), options);
};
const note = '{ apiVersion: v1, kind: ConfigMap, metadata: { name: note }, data: { a: "{{ nobody }}" } }';
const load = `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: load }, spec: { replicas: 2, template: {} } }`;

describe('Kubernetes objects of a lab', () => {
  it('of an admin are part of the lab as they are written', () => {
    const { diagnostics, lab } = check([note, load]);
    expect(diagnostics).toEqual([]);
    expect(lab?.kubernetesObjects).toEqual([
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'note' }, data: { a: '{{ nobody }}' } },
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'load' }, spec: { replicas: 2, template: {} } },
    ]);
  });

  it.each([
    ['of another kind', '{ apiVersion: v1, kind: Namespace, metadata: { name: x } }', 'kind', 'expected one of'],
    ['of another version', '{ apiVersion: v1, kind: Job, metadata: { name: x } }', 'apiVersion', 'batch/v1'],
    ['without a name', '{ apiVersion: v1, kind: Pod, metadata: {} }', 'metadata.name', 'is missing'],
    ['that is no map', 'Pod', '', 'expected a map'],
    [
      'in another namespace',
      '{ apiVersion: v1, kind: Pod, metadata: { name: x, namespace: kube-system } }',
      'metadata.namespace',
      'unknown field',
    ],
    [
      'with a label of the platform',
      '{ apiVersion: v1, kind: Pod, metadata: { name: x, labels: { lab-orchestrator.dev/session: y } } }',
      'metadata.labels',
      'keys of the platform',
    ],
    [
      'that is privileged',
      '{ apiVersion: v1, kind: Pod, metadata: { name: x }, spec: { containers: [{ securityContext: { privileged: true } }] } }',
      'spec.containers[0].securityContext.privileged',
      'privileged containers',
    ],
    ['twice', note, 'metadata.name', 'another ConfigMap "note"'],
    [
      'with the name of a disk’s claim',
      '{ apiVersion: v1, kind: PersistentVolumeClaim, metadata: { name: server-root } }',
      'metadata.name',
      'another PersistentVolumeClaim',
    ],
  ])('are refused with their place when there is one %s', (_, object, path, message) => {
    const { diagnostics, lab } = check([note, object]);
    expect(diagnostics).toEqual([
      expect.objectContaining({
        file: 'lab.yaml',
        line: 19,
        path: `kubernetes.objects[1]${path && `.${path}`}`,
        message: expect.stringContaining(message),
      }),
    ]);
    expect(lab).toBeUndefined();
  });

  it('are refused with all that is wrong with them, and are for admins only', () => {
    const both = '{ apiVersion: v1, kind: Pod, metadata: { name: x }, spec: { hostNetwork: true, hostPID: true } }';
    expect(check([both], strict).diagnostics.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'kubernetes.objects not_allowed',
      'kubernetes.objects[0].spec.hostNetwork invalid_value',
      'kubernetes.objects[0].spec.hostPID invalid_value',
    ]);
  });
});
