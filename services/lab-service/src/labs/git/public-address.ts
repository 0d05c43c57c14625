import ipaddr from 'ipaddr.js';
import { lookup as dnsLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';

/** Whether an address is one of the open internet: not this machine, not the local network, not the cloud's metadata. */
export const isPublicAddress = (address: string) =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';

/** The address is checked where the connection is made: a name that answers twice cannot answer differently. */
export const publicLookup: LookupFunction = (host, options, done) => {
  dnsLookup(host, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, '', 4);
    const refused = addresses.find(({ address }) => !isPublicAddress(address));
    const [first] = addresses;
    if (refused || !first) return done(new RefusedAddressError(host), '', 4);
    return options.all ? done(null, addresses) : done(null, first.address, first.family);
  });
};

/** For addresses that no name stands for: these are never looked up. */
export function refusePrivateLiteral(url: URL) {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw new RefusedAddressError(host);
}

export class RefusedAddressError extends Error {
  constructor(host: string) {
    super(`${host} is not an address of the open internet`);
  }
}
