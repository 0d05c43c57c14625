import { useQuery } from '@tanstack/react-query';
import { download } from '../../api/call.js';
import { keys } from '../../api/keys.js';
import { type FileSource, useInstructions } from '../instructions-context.js';

/** The files of the version that is read, or those that its author has before them. */
export function useFileSource(): FileSource {
  const { instructions, preview } = useInstructions();
  const { labId, version } = instructions;
  return (
    preview ?? {
      key: (path) => keys.labFile(labId, version, path),
      fetch: (path, signal) => download('getLabFile', { params: { labId, version, path }, ...(signal && { signal }) }),
    }
  );
}

/**
 * A file of the lab as an address for an element. It comes with the reader's token, which an address could not carry.
 * An SVG becomes a data address: browsers do not open those by themselves, so that what a stranger drew never is a page
 * of this origin.
 */
export function useLabFile(path: string | undefined, wanted = true) {
  const source = useFileSource();
  return useQuery({
    queryKey: source.key(path ?? ''),
    queryFn: async ({ signal }) => addressOf(await source.fetch(path ?? '', signal)),
    enabled: wanted && path !== undefined,
    // A version never changes; the addresses live as long as this page.
    staleTime: Infinity,
    gcTime: Infinity,
  });
}

const addressOf = (blob: Blob): Promise<string> | string =>
  blob.type.startsWith('image/svg') ? dataAddress(blob) : URL.createObjectURL(blob);

function dataAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result)));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('the file cannot be read')));
    reader.readAsDataURL(blob);
  });
}
