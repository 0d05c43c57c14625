import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { Api } from '../e2e/support/api.ts';
import { leftIn } from '../e2e/support/engine.ts';
import { product, productData } from '../e2e/support/product.ts';
import { comesBack, crash, parts, processesOf } from './support/processes.ts';

let api: Api;
let labId: string;

beforeAll(async () => {
  api = await Api.signIn(product().url, product().learner);
  labId = await api.labNamed('first-steps');
});

const isGone = (sessionId: string) =>
  expect.poll(() => leftIn(sessionId), { timeout: 60_000, interval: 500 }).toEqual([]);

describe('a part that crashes in the middle of a start', () => {
  it.each(Object.entries(parts))('%s: the lab is ready all the same, ends, and leaves nothing', async (_, part) => {
    const before = processesOf(productData(), part);
    const { id } = await api.start(labId);
    expect(crash(productData(), part)).toBeGreaterThan(0);
    await comesBack(productData(), part, before);
    await api.reaches(id, ['ready'], 120_000);
    await endSurely(id);
    await isGone(id);
  });
});

describe('thirty starts and ends, some of them with the provisioner killed half-way', () => {
  it('leave nothing in the engine and lose no session', async () => {
    const random = seeded(42);
    const ended: string[] = [];
    for (let round = 0; round < 30; round++) {
      const { id } = await api.start(labId);
      const kill = round % 5 === 2;
      if (kill) {
        await sleep(random() * 1_500);
        crash(productData(), parts.provisioner);
      } else if (round % 5 === 4) {
        await api.reaches(id, ['ready'], 90_000);
      } else {
        await sleep(random() * 1_500);
      }
      await endSurely(id);
      await api.reaches(id, ['ended'], 90_000);
      ended.push(id);
    }
    expect(new Set(ended).size).toBe(30);
    for (const id of ended) await isGone(id);
  }, 600_000);
});

/** A person presses End again when the server did not answer. */
async function endSurely(id: string) {
  await expect
    .poll(
      () =>
        api.end(id).then(
          () => true,
          () => false,
        ),
      { timeout: 60_000, interval: 500 },
    )
    .toBe(true);
}

/** The same kills at the same moments in every run. */
function seeded(seed: number) {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}
