import { type Locator } from 'playwright-core';

/** How many different colours a canvas shows: a black or dead screen has one. */
export function coloursOf(canvas: Locator): Promise<number> {
  return canvas.evaluate((element) => {
    if (!(element instanceof HTMLCanvasElement)) throw new Error('not a canvas');
    const { data } = element.getContext('2d')?.getImageData(0, 0, element.width, element.height) ?? { data: [] };
    const seen = new Set<number>();
    for (let index = 0; index + 2 < data.length; index += 4)
      seen.add(((data[index] ?? 0) << 16) | ((data[index + 1] ?? 0) << 8) | (data[index + 2] ?? 0));
    return seen.size;
  });
}
