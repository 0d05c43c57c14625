import { bridgePrefix, firewallTable } from '../names.js';

/** One lab network, as the firewall sees it. */
export type FirewalledNetwork = { bridge: string; gateway: string; internet: boolean };

/**
 * Where a lab with internet must not go: private, shared, link-local (cloud metadata), multicast and reserved ranges.
 * The host's own public addresses are kept by the input chain, which lets in nothing but name queries.
 */
const closed =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 ' +
  '192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3';

/**
 * The rules of one installation, matched by the prefix of its bridges: they hold for a network before it exists.
 * Networks only add elements to sets, so two processes may apply them at the same time, and a missing element closes.
 * Priority -150 is after connection tracking and before the engine's own rules; a drop is final in every table.
 */
export function baseRules(instance: string): string {
  const table = firewallTable(instance);
  const labs = `"${bridgePrefix(instance)}*"`;
  return `
add table inet ${table}
add set inet ${table} inside { type ifname . ifname; }
add set inet ${table} names { type ifname . ipv4_addr; }
add set inet ${table} internet { type ifname; }
add chain inet ${table} forward { type filter hook forward priority -150; policy accept; }
add chain inet ${table} input { type filter hook input priority -150; policy accept; }
flush chain inet ${table} forward
flush chain inet ${table} input
add rule inet ${table} forward iifname != ${labs} oifname != ${labs} accept
add rule inet ${table} forward iifname . oifname @inside accept
add rule inet ${table} forward meta nfproto ipv6 drop
add rule inet ${table} forward oifname ${labs} iifname != ${labs} ct state established,related accept
add rule inet ${table} forward oifname ${labs} drop
add rule inet ${table} forward ip daddr { ${closed.split(' ').join(', ')} } drop
add rule inet ${table} forward iifname @internet accept
add rule inet ${table} forward drop
add rule inet ${table} input iifname != ${labs} accept
add rule inet ${table} input ct state established,related accept
add rule inet ${table} input iifname . ip daddr @names udp dport 53 accept
add rule inet ${table} input iifname . ip daddr @names tcp dport 53 accept
add rule inet ${table} input drop
`;
}

/** All rules of one installation away, whether they stand or not. */
export function rulesRemoval(instance: string): string {
  const table = firewallTable(instance);
  return `add table inet ${table}\ndelete table inet ${table}\n`;
}

/** Adds a network: its systems may talk to each other and ask for names; `internet` opens the way out. */
export function networkRules(instance: string, network: FirewalledNetwork): string {
  return elements(instance, network)
    .map((element) => `add element inet ${element}\n`)
    .join('');
}

/** Each line removes one element; they may be gone already, so they are not one transaction. */
export function networkRemovals(instance: string, network: FirewalledNetwork): string[] {
  return elements(instance, network).map((element) => `delete element inet ${element}\n`);
}

function elements(instance: string, { bridge, gateway, internet }: FirewalledNetwork): string[] {
  const table = firewallTable(instance);
  return [
    `${table} inside { "${bridge}" . "${bridge}" }`,
    `${table} names { "${bridge}" . ${gateway} }`,
    ...(internet ? [`${table} internet { "${bridge}" }`] : []),
  ];
}
