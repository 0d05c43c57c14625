import type { Attachment } from '../systems/system-place.js';

/** Address of the bridge inside the launcher; the same in every VM, since no packet with it leaves the bridge. */
const bridgeAddress = '169.254.75.10';

/** The guest takes over eth<n>'s MAC, so the interface itself needs another one: same tail, own first octet. */
export function launcherMac(guestMac: string): string {
  return (guestMac.startsWith('0a:') ? '0e' : '0a') + guestMac.slice(2);
}

/** One line per interface for the start script: number, its new MAC, the tap's owner is always the emulator. */
export function nicsFile(attachments: readonly Attachment[]): string {
  return attachments.map((nic, n) => `${n} ${launcherMac(nic.mac)}\n`).join('');
}

/** `24` → `255.255.255.0` */
export function netmaskOf(prefixLength: number): string {
  const bits = 0xffffffff - (2 ** (32 - prefixLength) - 1);
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 0xff).join('.');
}

export function networkOf(address: string, prefixLength: number): string {
  const mask = netmaskOf(prefixLength).split('.').map(Number);
  return address
    .split('.')
    .map((octet, n) => Number(octet) & (mask[n] ?? 0))
    .join('.');
}

/**
 * DHCP for the guest alone: exactly the container's own addresses, no pool, no leases to keep. Each network hands out
 * its engine's name server, so that the systems of a lab find each other by name; a default route only where the
 * network leads to the internet, and only one.
 */
export function dnsmasqConf(hostName: string, attachments: readonly Attachment[]): string {
  const routed = attachments.find((nic) => nic.internet);
  const common = [
    'port=0',
    'user=nobody',
    'group=nogroup',
    'bind-dynamic',
    'except-interface=lo',
    'leasefile-ro',
    'no-hosts',
    'no-resolv',
    'no-ping',
    'dhcp-authoritative',
    'log-facility=-',
    'quiet-dhcp',
  ];
  const perNic = attachments.flatMap((nic, n) => {
    const network = networkOf(nic.address, nic.prefixLength);
    return [
      `interface=br${n}`,
      `shared-network=br${n},${network}`,
      `dhcp-range=set:n${n},${network},static,${netmaskOf(nic.prefixLength)},infinite`,
      `dhcp-host=${nic.mac},${nic.address},${hostName},infinite`,
      `dhcp-option=tag:n${n},option:dns-server,${nic.gateway}`,
      `dhcp-option=tag:n${n},option:router${nic === routed ? `,${nic.gateway}` : ''}`,
    ];
  });
  return [...common, ...perNic, ''].join('\n');
}

export const bridgeCidr = `${bridgeAddress}/32`;
