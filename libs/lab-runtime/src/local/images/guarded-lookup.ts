import type { LookupAddress, LookupOptions } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import { callbackify } from 'node:util';
import { type AddressPolicy, isAllowedAddress, refusedAddress } from './address-policy.js';

export type Resolve = (host: string) => Promise<LookupAddress[]>;

const resolveBySystem: Resolve = (host) => systemLookup(host, { all: true, order: 'verbatim' });

/**
 * A name look-up for Node's sockets that returns permitted addresses only. The socket connects to exactly what is
 * returned here, so there is no second resolution that a hostile name server could answer differently.
 */
export function guardedLookup(policy: AddressPolicy, resolve: Resolve = resolveBySystem): LookupFunction {
  const allowed = callbackify(
    async (host: string, options: LookupOptions): Promise<[LookupAddress, ...LookupAddress[]]> => {
      const found = await resolve(host);
      const wanted =
        options.family === 4 || options.family === 6 ? found.filter((one) => one.family === options.family) : found;
      const [first, ...others] = wanted.filter((one) => isAllowedAddress(policy, host, one.address));
      if (!first) throw refusedAddress(host);
      return [first, ...others];
    },
  );
  return (host, options, callback) => {
    allowed(host, options, (error, addresses) => {
      if (error) callback(error, '', 0);
      else if (options.all) callback(null, addresses);
      else callback(null, addresses[0].address, addresses[0].family);
    });
  };
}
