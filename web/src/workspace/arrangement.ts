import { useState } from 'react';
import { recall, remember } from '../app/local-store.js';

/** Where the lab's panel stands: beside the systems or below them, before or after them, or folded away. */
export interface Arrangement {
  place: 'beside' | 'below';
  swapped: boolean;
  hidden: boolean;
}
const KEY = 'lab.arrangement';

/** Reads what a browser stored, maybe by another version. */
export function parseArrangement(text: string | undefined): Arrangement {
  const words = new Set((text ?? '').split(' '));
  return {
    place: words.has('below') ? 'below' : 'beside',
    swapped: words.has('swapped'),
    hidden: words.has('hidden'),
  };
}

export const arrangementText = ({ place, swapped, hidden }: Arrangement): string =>
  [place, ...(swapped ? ['swapped'] : []), ...(hidden ? ['hidden'] : [])].join(' ');

/** The same for all labs of a person: it is how they like to work. */
export function useArrangement() {
  const [arrangement, setArrangement] = useState(() => parseArrangement(recall(KEY)));
  const arrange = (change: Partial<Arrangement>) => {
    const next = { ...arrangement, ...change };
    setArrangement(next);
    remember(KEY, arrangementText(next));
  };
  return { arrangement, arrange };
}
