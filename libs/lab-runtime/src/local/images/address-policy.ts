import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { ImageRefusal } from './image-refusal.js';

/** Which places images may be fetched from. The default (nothing allowed) is: public addresses over https. */
export type AddressPolicy = {
  /** Plain http as well. */
  allowHttp: boolean;
  /** Private, loopback and all other special addresses, of any host. */
  allowPrivate: boolean;
  /** Hosts (exact names or address literals) that may have a private address, e.g. a mirror in the data centre. */
  allowedHosts: readonly string[];
};

/** Global unicast; everything routed on the internet lies in it, everything special outside (or is listed by ipaddr.js). */
const globalV6 = ipaddr.parseCIDR('2000::/3');
/** Public by number, but answered by the cloud's own host (Azure's wire server). */
const cloudInternal = ['168.63.129.16'];

/** True for addresses of the public internet only; mapped, translated and tunnelled forms of others are not. */
export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text) || cloudInternal.includes(text)) return false;
  const address = ipaddr.parse(text);
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || address.match(globalV6);
}

/** The host of a URL as a name or a bare address. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

/** Whether a connection for `host` may go to `address`. */
export function isAllowedAddress(policy: AddressPolicy, host: string, address: string): boolean {
  return policy.allowPrivate || policy.allowedHosts.includes(host) || isPublicAddress(address);
}

/**
 * Refuses a URL by what is written in it. Names are judged later, by the address that is really connected
 * (see `guarded-lookup.ts`), so that a name cannot change its mind between check and use.
 */
export function checkImageUrl(policy: AddressPolicy, text: string): URL {
  const url = URL.parse(text);
  if (!url) throw new ImageRefusal('image_address_refused', 'The address of the image is not a URL.');
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && policy.allowHttp)) {
    throw new ImageRefusal('image_address_refused', `Images are not fetched over ${url.protocol.slice(0, -1)}.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw new ImageRefusal(
      'image_address_refused',
      'The address of an image must not contain a user name or password.',
    );
  }
  const host = hostOf(url);
  if (isIP(host) !== 0 && !isAllowedAddress(policy, host, host)) throw refusedAddress(host);
  return url;
}

/** The refusal for a host without a permitted address; names the host only, not what it resolved to. */
export function refusedAddress(host: string): ImageRefusal {
  return new ImageRefusal('image_address_refused', `Images are not fetched from ${host}: it is not a public address.`);
}
