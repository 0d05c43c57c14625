import { FindUnusedImages, ListOpenSessionIds, ListWantedImages } from '@lab-orchestrator/contracts';
import type { LabRuntime } from '@lab-orchestrator/lab-runtime';
import type { RequestClient } from '@lab-orchestrator/platform';
import { expect, it } from 'vitest';
import type { ProvisionerConfig } from '../config.js';
import type { WakeQueue } from '../queues/wake.queue.js';
import { Sweeper } from './sweeper.js';

/** A runtime, lab-service and a queue stand in: which jobs a round makes is all that matters here. */
it('wakes the images that are wanted, and those that the runtime holds and nobody needs', async () => {
  const woken: string[] = [];
  const asked: unknown[] = [];
  const answers = new Map<unknown, object>([
    [ListOpenSessionIds, { sessionIds: [] }],
    [ListWantedImages, { imageIds: ['wanted'] }],
    [FindUnusedImages, { imageIds: ['old'] }],
  ]);
  const call = async (definition: unknown, request: unknown) => {
    if (definition === FindUnusedImages) asked.push(request);
    return answers.get(definition);
  };
  const sweeper = new Sweeper(
    { sessions: async () => [], images: async () => ['kept', 'old'] } as unknown as LabRuntime,
    {} as ProvisionerConfig,
    { call } as unknown as RequestClient,
    { image: async (imageId: string) => void woken.push(imageId) } as unknown as WakeQueue,
  );
  await sweeper.sweep();
  expect(asked).toEqual([{ imageIds: ['kept', 'old'] }]);
  expect(woken).toEqual(['wanted', 'old']);
});
