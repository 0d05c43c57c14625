import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import type { Api } from '../../e2e/support/api.ts';

export const bootLabTitle = 'Bench: one machine';

/** One small machine and its serial console, and nothing beside it that would want the same processors. */
const file = `apiVersion: lab/v1
id: bench-one-machine
title: "${bootLabTitle}"
networks:
  lan: {}
systems:
  - name: server
    title: Server
    kind: vm
    cpus: 1
    memory: 256Mi
    networks: [lan]
    disks:
      - { name: root, image: small-vm, bus: virtio }
    cloudInit:
      userData: |
        #cloud-config
        users:
          - { name: lab, plain_text_passwd: bench, lock_passwd: false }
    access:
      - { name: console, title: Serial console, kind: serial }
    ready: { tcp: 80, timeout: 10m }
`;

export async function importBootLab(api: Api): Promise<void> {
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(file), 'lab.yaml');
  zip.end();
  const form = new FormData();
  form.set('archive', new Blob([await buffer(zip.outputStream)], { type: 'application/zip' }), 'lab.zip');
  const { lab } = await api.upload<{ lab: { id: string } }>('/labs', form);
  await api.call('PATCH', `/labs/${lab.id}`, { visibility: 'public' });
}
