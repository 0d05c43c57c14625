/** A file in memory: text to be edited, or bytes to be kept as they are. */
export type Content = string | Uint8Array<ArrayBuffer>;
/** The files of a lab folder by their path, as they are edited. */
export type LabFiles = ReadonlyMap<string, Content>;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** Text where the bytes are one; saving it again gives the same bytes. */
export function contentOf(bytes: Uint8Array<ArrayBuffer>): Content {
  if (bytes.includes(0)) return bytes;
  try {
    return decoder.decode(bytes);
  } catch {
    return bytes;
  }
}

export const bytesOf = (content: Content): Uint8Array<ArrayBuffer> =>
  typeof content === 'string' ? encoder.encode(content) : content;

export const sizeOf = (content: Content): number => bytesOf(content).length;

export function sameContent(one: Content | undefined, other: Content | undefined): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined || typeof one === 'string' || typeof other === 'string') return false;
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}

/** In the order in which people look for them: the lab file, then by folder and name. */
export const sortedPaths = (files: LabFiles): string[] =>
  [...files.keys()].toSorted(
    (a, b) => Number(b === 'lab.yaml') - Number(a === 'lab.yaml') || a.localeCompare(b, 'en', { numeric: true }),
  );

export const withFile = (files: LabFiles, path: string, content: Content): LabFiles =>
  new Map(files).set(path, content);

export function withoutFile(files: LabFiles, path: string): LabFiles {
  const rest = new Map(files);
  rest.delete(path);
  return rest;
}

export function withRenamed(files: LabFiles, from: string, to: string): LabFiles {
  return new Map([...files].map(([path, content]) => [path === from ? to : path, content] as const));
}

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
export const endingOf = (path: string): string => /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';

const pictures: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  svg: 'image/svg+xml',
};
/** The media type of a picture, by its name. */
export const pictureType = (path: string): string | undefined => pictures[endingOf(path)];

/** A file as the browser takes it for an address. */
export const blobOf = (path: string, content: Content): Blob =>
  new Blob([bytesOf(content)], { type: pictureType(path) ?? 'application/octet-stream' });
