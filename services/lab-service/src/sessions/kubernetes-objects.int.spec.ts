import { GetDesiredSession } from '@lab-orchestrator/contracts';
import { sampleLab } from '@lab-orchestrator/lab-folder/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RuntimeCapacity } from '../admission/runtime-capacity.js';
import { type LabRig, person, startRig, wideCapacity } from '../lab-service.fixture.js';

let rig: LabRig;
const [admin, lecturer] = [person('admin'), person('lecturer')];
const labWith = (object: string) => {
  const yaml = (sampleLab()['lab.yaml'] ?? '').replace('presets:', `kubernetes: { objects: [${object}] }\npresets:`);
  return sampleLab({ 'lab.yaml': yaml });
};
const note = '{ apiVersion: v1, kind: ConfigMap, metadata: { name: note }, data: { a: b } }';
/** What the runtime says is kept for some seconds. */
async function runtimeSays(kubernetesObjects: boolean) {
  const wide = wideCapacity();
  rig.neighbours.capacity = { ...wide, features: { ...wide.features, kubernetesObjects } };
  const said = async () => (await rig.service.app.get(RuntimeCapacity).current())?.features.kubernetesObjects;
  await expect.poll(said, { timeout: 20_000 }).toBe(kubernetesObjects);
}

beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig.stop());

it.each([
  ['of a lecturer', lecturer, note, 'lab.yaml:16:24 kubernetes.objects'],
  [
    'that leave the session',
    admin,
    '{ apiVersion: v1, kind: Pod, metadata: { name: p }, spec: { hostNetwork: true } }',
    'lab.yaml:16:98 kubernetes.objects[0].spec.hostNetwork',
  ],
])('Kubernetes objects %s are refused when their lab is imported', async (_, caller, object, path) => {
  await expect(rig.importLab(caller, labWith(object))).rejects.toMatchObject({
    code: 'invalid_lab',
    errors: [{ path }],
  });
});

it('those of an admin come to the runtime, and are refused at the start where there can be none', async () => {
  const { lab } = await rig.importLab(admin, labWith(note));
  await runtimeSays(false);
  await expect(rig.start(admin, lab.id)).rejects.toMatchObject({
    code: 'lab_unsupported',
    errors: [{ path: 'kubernetes.objects' }],
  });
  await runtimeSays(true);
  const { id: sessionId } = await rig.start(admin, lab.id);
  const { spec } = await rig.ask(GetDesiredSession, { sessionId });
  expect(spec?.kubernetesObjects).toEqual([
    { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'note' }, data: { a: 'b' } },
  ]);
});
