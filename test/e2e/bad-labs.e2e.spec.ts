import { beforeAll, describe, expect, it } from 'vitest';
import { Api } from './support/api.ts';
import { leftIn } from './support/engine.ts';
import { labFolder } from './support/lab-folder.ts';
import { product } from './support/product.ts';

let api: Api;
beforeAll(async () => void (api = await Api.signIn(product().url, product().admin)));

const labWith = (id: string, system: string) => `apiVersion: lab/v1
id: ${id}
title: ${id}
systems:
  - ${system.trim().split('\n').join('\n    ')}
`;

async function importLab(yaml: string): Promise<string> {
  const { lab } = await api.upload<{ lab: { id: string } }>('/labs', await labFolder({ 'lab.yaml': yaml }));
  return lab.id;
}

describe('a lab that cannot work ends in a state that says why, with a way forward, and leaves nothing', () => {
  it.each([
    [
      'a container that exits at once',
      'exits',
      `name: box\nkind: container\nimage: terminal\ncommand: [bash, -c, "echo out of order >&2; exit 3"]\naccess: [{ name: shell, kind: terminal }]\nready: { timeout: 60s }`,
      /exit/i,
    ],
    [
      'a container that eats its memory',
      'eats',
      `name: box\nkind: container\nimage: terminal\nmemory: 64Mi\ncommand: [bash, -c, "x=$(head -c 500000000 /dev/zero | tr '\\\\0' x); sleep 60"]\naccess: [{ name: shell, kind: terminal }]\nready: { timeout: 60s, tcp: 81 }`,
      /memory/i,
    ],
    [
      'a container image that does not exist',
      'missing',
      `name: box\nkind: container\nimage: "localhost:9/no/such:image"\naccess: [{ name: shell, kind: terminal }]`,
      /pulled|not found|image/i,
    ],
    [
      'a system that never answers',
      'silent',
      `name: box\nkind: container\nimage: terminal\naccess: [{ name: site, kind: web, port: 81 }]\nready: { timeout: 10s }`,
      /ready|answer/i,
    ],
    [
      'a machine that never boots',
      'dead',
      `name: box\nkind: vm\nmemory: 64Mi\ndisks: [{ name: root, empty: 16Mi }]\naccess: [{ name: site, kind: web, port: 80 }]\nready: { timeout: 15s }`,
      /ready|answer/i,
    ],
  ])('%s', async (_, id, system, why) => {
    const session = await api.start(await importLab(labWith(id, system)));
    const failed = await api.reaches(session.id, ['failed'], 180_000);
    expect(failed.reason?.system).toBe('box');
    expect(`${failed.reason?.text} ${failed.reason?.code}`).toMatch(why);
    expect(failed.reason?.advice).not.toBe('');
    const { items } = await api.call<{ items: { text: string }[] }>('GET', `/sessions/${session.id}/log`);
    expect(items.length).toBeGreaterThan(1);
    await api.end(session.id);
    await api.reaches(session.id, ['ended'], 60_000);
    await expect.poll(() => leftIn(session.id), { timeout: 30_000 }).toEqual([]);
  });
});
