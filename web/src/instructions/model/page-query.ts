import type { InstructionPageView } from '@lab-orchestrator/contracts';
import { queryOptions } from '@tanstack/react-query';
import { call } from '../../api/call.js';
import { keys } from '../../api/keys.js';
import { fetchRareBlocks } from '../parts/rare-blocks.js';
import { asked } from './instruction-queries.js';

/** One page as a tree, with the session's values in it; with the code that its boxes need. */
export const instructionPageQuery = (sessionId: string, page: string, language: string | undefined) =>
  queryOptions({
    queryKey: keys.instructions(sessionId, 'page', page, language),
    queryFn: async ({ signal }): Promise<InstructionPageView> => {
      const view = await call('getInstructionPage', { params: { sessionId, page }, query: asked(language), signal });
      await fetchRareBlocks(view.page.nodes);
      return view;
    },
  });
