import { RuntimeError } from '../../port/runtime-error.js';
import type { Pod } from '../client/kinds.js';

/** The user of the project's images. */
const ordinary = 1000;

/**
 * An exec runs as the container does: the API takes no user. Who asks for just that user gets it; any other is
 * refused, because a lab that expects one user must not run as another.
 */
export function checkConsoleUser(wanted: string | undefined, pod: Pod, container: string): void {
  if (wanted === undefined) return;
  const own = userOf(pod, container);
  const named = new Map([
    ['lab', String(ordinary)],
    ['root', '0'],
  ]);
  const [uid] = (named.get(wanted) ?? wanted).split(':');
  if (own !== undefined && uid === String(own)) return;
  const text = `A console runs as the container does (${own ?? 'the user of its image'}), not as "${wanted}": leave the user out.`;
  throw new RuntimeError('invalid_spec', text, false);
}

function userOf(pod: Pod, container: string): number | undefined {
  const found = pod.spec?.containers.find(({ name }) => name === container);
  return found?.securityContext?.runAsUser ?? pod.spec?.securityContext?.runAsUser;
}
