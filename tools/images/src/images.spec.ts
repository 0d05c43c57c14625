import { expect, it } from 'vitest';
import { imageNames, loadImage } from './images.mjs';

it.each(imageNames)('describes %s so that a runtime can use it', async (name: string) => {
  const image = await loadImage(name);
  expect(image.digest).toMatch(/^[0-9a-f]{64}$/);
  expect((await loadImage(name)).digest).toBe(image.digest);
  if (image.kind === 'container') {
    expect(image).toMatchObject({
      config: { user: expect.stringMatching(/^\d+:\d+$/), entrypoint: ['/usr/bin/tini', '--'] },
    });
  }
});

it('gives every image another digest', async () => {
  const digests = await Promise.all(imageNames.map((name: string) => loadImage(name).then(({ digest }) => digest)));
  expect(new Set(digests).size).toBe(imageNames.length);
});

it('does not know an image that is not described', async () => {
  await expect(loadImage('nothing')).rejects.toThrow(/ENOENT/);
});
