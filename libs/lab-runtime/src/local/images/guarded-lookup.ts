import { lookup as systemLookup } from 'node:dns';
import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { type AddressPolicy, isAllowedAddress, refusedAddress } from './address-policy.js';

export type Resolve = (host: string) => Promise<LookupAddress[]>;

const resolveBySystem: Resolve = (host) =>
  new Promise((resolve, reject) => {
    systemLookup(host, { all: true, verbatim: true }, (error, addresses) =>
      error ? reject(error) : resolve(addresses),
    );
  });

/**
 * A name look-up for Node's sockets that returns permitted addresses only. The socket connects to exactly what is
 * returned here, so there is no second resolution that a hostile name server could answer differently.
 */
export function guardedLookup(policy: AddressPolicy, resolve: Resolve = resolveBySystem): LookupFunction {
  return (host, options, callback) => {
    resolve(host).then(
      (found) => {
        const wanted =
          options.family === 4 || options.family === 6 ? found.filter((one) => one.family === options.family) : found;
        const allowed = wanted.filter((one) => isAllowedAddress(policy, host, one.address));
        const [first] = allowed;
        if (!first) callback(refusedAddress(host), '', 0);
        else if (options.all) callback(null, allowed);
        else callback(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, '', 0),
    );
  };
}
