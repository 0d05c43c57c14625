import { UserError } from '../errors/user-error.js';

/** Passes bytes on, shows each chunk to `see`, and fails with `too_large` as soon as the limit is crossed. */
export function countingStream(
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
  see: (chunk: Uint8Array) => void,
): ReadableStream<Uint8Array> {
  const chunks = source[Symbol.asyncIterator]();
  let sizeBytes = 0;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) return controller.close();
      sizeBytes += value.length;
      if (sizeBytes > maxBytes) {
        await chunks.return?.();
        return controller.error(new UserError('too_large', { status: 413, detail: `The limit is ${maxBytes} bytes.` }));
      }
      see(value);
      controller.enqueue(value);
    },
    async cancel() {
      await chunks.return?.();
    },
  });
}
