/** What browsers may show; anything else is only ever downloaded. An archive cannot say what its files are. */
const mediaTypes = new Map([
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['jpeg', 'image/jpeg'],
  ['gif', 'image/gif'],
  ['webp', 'image/webp'],
  ['avif', 'image/avif'],
  // Scripts inside are kept from running by the gateway's Content-Security-Policy.
  ['svg', 'image/svg+xml'],
  ['webm', 'video/webm'],
  ['mp4', 'video/mp4'],
  ['ogg', 'audio/ogg'],
  ['mp3', 'audio/mpeg'],
  ['wav', 'audio/wav'],
  ['vtt', 'text/vtt'],
  ['pdf', 'application/pdf'],
  ['txt', 'text/plain; charset=utf-8'],
  ['md', 'text/plain; charset=utf-8'],
]);

/** The media type of a lab's file, by its name. */
export function mediaTypeOf(path: string): string {
  const extension = /\.([A-Za-z0-9]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return mediaTypes.get(extension) ?? 'application/octet-stream';
}
