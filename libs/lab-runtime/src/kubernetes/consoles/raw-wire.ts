import type { Wire } from './wire.js';

/** KubeVirt's console, VNC and port-forward: messages are bytes, and their boundaries mean nothing. */
export const rawWire: Wire = {
  encode: (bytes) => bytes,
  end: () => undefined,
  receive: (bytes) => ({ bytes }),
};
