import type { PageBlock } from '@lab-orchestrator/contracts';
import { createContext, type ReactNode, useContext } from 'react';

/** How blocks are drawn, told from above: a box that imported the drawing of all boxes would be imported by it. */
export const DrawBlocks = createContext<(nodes: readonly PageBlock[]) => ReactNode>(() => null);

/** The blocks inside a block. */
export const NestedBlocks = ({ nodes }: { nodes: readonly PageBlock[] }): ReactNode => useContext(DrawBlocks)(nodes);
