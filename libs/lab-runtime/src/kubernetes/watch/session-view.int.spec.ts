import { afterEach, expect, it } from 'vitest';
import { Cluster } from '../client/cluster.js';
import { json, standInApi } from '../testing/stand-in-api.js';
import { pod, stream } from '../testing/stand-in-pods.js';
import { disk, vm, vmi } from '../testing/vm-status.js';
import { SessionView } from './session-view.js';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

/** With marks on what nobody reads. */
function heavy(object: { spec?: object }): object {
  const metadata = { ...pod('server', 1).metadata, managedFields: [{ manager: 'unread' }] };
  return { ...object, metadata, spec: { ...object.spec, source: 'unread', evictionStrategy: 'unread' } };
}

const objects: Record<string, object> = {
  pods: heavy(pod('server', 1, { spec: { containers: [], hostname: 'unread' } })),
  virtualmachines: heavy(vm({ printableStatus: 'Running' })),
  virtualmachineinstances: heavy(vmi('Running')),
  datavolumes: heavy(disk('Succeeded')),
};

it('holds of the objects of sessions only what is read, before a peer that stands in for the API server', async () => {
  const api = await standInApi((request, response) => {
    if (request.query.has('watch')) return stream(response).flushHeaders();
    const found = objects[new URL(request.url ?? '', 'http://x').pathname.split('/').at(-1) ?? ''];
    json(response, { metadata: { resourceVersion: '1' }, items: found ? [found] : [] });
  });
  const cluster = new Cluster({ config: api.config });
  const view = new SessionView({ cluster, instance: 'main', vms: () => Promise.resolve(true) });
  closers.push(api.close, () => view.close());
  await view.ready();
  const held = [view.pods, view.vms, view.instances, view.dataVolumes].map((informer) =>
    informer?.store.get('ns', 'server'),
  );
  expect(held.map((object) => object?.kind)).toEqual(['Pod', 'VirtualMachine', 'VirtualMachineInstance', 'DataVolume']);
  expect(JSON.stringify(held)).not.toContain('unread');
});
