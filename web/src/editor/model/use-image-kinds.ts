import { useQuery } from '@tanstack/react-query';
import { call } from '../../api/call.js';
import { keys } from '../../api/keys.js';
import type { ReplyTo } from '../../api/routes.js';

export type ImageKinds = { name: string; kind: 'container' | 'disk' }[];

/** The whole image list, by name and kind. */
export const useImageKinds = () =>
  useQuery({
    queryKey: keys.imageKinds(),
    queryFn: async ({ signal }): Promise<ImageKinds> => {
      const kinds: ImageKinds = [];
      let cursor: string | undefined;
      do {
        // Each page says where the next one begins.
        // oxlint-disable-next-line no-await-in-loop
        const page: ReplyTo<'listImages'> = await call('listImages', { query: { limit: 200, cursor }, signal });
        kinds.push(...page.items.map(({ name, kind }) => ({ name, kind })));
        cursor = page.nextCursor;
      } while (cursor !== undefined);
      return kinds;
    },
  });
