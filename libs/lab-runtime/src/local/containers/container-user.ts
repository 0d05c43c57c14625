import type { ContainerSystemSpec } from '@lab-orchestrator/contracts';
import { RuntimeError } from '../../port/runtime-error.js';

/** The user of the project's images, and of images that name none or one that cannot be trusted. */
const ordinary = '1000:1000';

/**
 * Who the container runs as. Names are not taken: what they mean stands in the image's own `/etc/passwd`, where
 * every name can be 0.
 */
export function containerUser(system: Pick<ContainerSystemSpec, 'root' | 'forwarding'>, imageUser: string): string {
  if (system.root || system.forwarding) return '0:0';
  const numbers = /^(\d+)(?::(\d+))?$/.exec(imageUser);
  const uid = Number(numbers?.[1] ?? 0);
  return uid > 0 ? `${uid}:${numbers?.[2] ?? uid}` : ordinary;
}

/** Who a console or a check runs as. Without a user namespace nobody becomes root. */
export function consoleUser(wanted: string | undefined, hasUserNamespace: boolean): string | undefined {
  if (wanted === undefined || hasUserNamespace) return wanted;
  if (wanted === 'lab') return ordinary;
  if (/^[1-9]\d*(:\d+)?$/.test(wanted)) return wanted;
  const text = `Only "lab" or a user number above 0 may open a console here, not "${wanted}".`;
  throw new RuntimeError('invalid_spec', text, false);
}
