import { distance } from 'fastest-levenshtein';

/** `; did you mean "image"?` when one of the candidates is close to what was written, else nothing. */
export function suggest(written: string, candidates: Iterable<string>): string {
  // Nobody misspells a name into a novel; the distance of long texts costs time.
  if (written.length > 100) return '';
  let best: { name: string; distance: number } | undefined;
  for (const name of candidates) {
    const far = distance(written.toLowerCase(), name.toLowerCase());
    if (far <= allowance(name) && (!best || far < best.distance)) best = { name, distance: far };
  }
  return best ? `; did you mean "${best.name}"?` : '';
}

/** Two swapped letters count twice. */
const allowance = (name: string) => (name.length < 4 ? 1 : Math.max(2, Math.floor(name.length / 3)));
