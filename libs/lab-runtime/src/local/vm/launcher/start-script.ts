import { emulatorUser } from '../../images/disk-tool.js';
import { bridgeCidr } from '../launcher-nics.js';
import { inside } from '../vm-layout.js';

/**
 * First process of a launcher container, root with few capabilities: puts each interface and a tap onto a bridge, so
 * that the guest takes over the container's MAC and address, starts DHCP, and becomes the run script without any
 * capability. What differs from VM to VM lies in files that TypeScript wrote.
 */
export const startScript = String.raw`#!/bin/sh
set -eu

# No address of its own, so that nobody on the lab network meets a second host. (Kernels without IPv6 refuse.)
silence() { ip link set "$1" addrgenmode none 2> /dev/null || :; }

while read -r n mac; do
  mtu=$(cat "/sys/class/net/eth$n/mtu")
  ip link set "eth$n" down
  ip addr flush dev "eth$n"
  ip link set "eth$n" address "$mac"
  ip link add "br$n" mtu "$mtu" type bridge stp_state 0 forward_delay 0
  ip tuntap add dev "tap$n" mode tap user ${emulatorUser}
  for link in "eth$n" "br$n" "tap$n"; do silence "$link"; done
  ip link set "tap$n" mtu "$mtu" master "br$n" up
  ip link set "eth$n" master "br$n" up
  ip addr add ${bridgeCidr} dev "br$n"
  ip link set "br$n" up
done < ${inside.plan}/nics

# Hosts may keep it for root. Without a user namespace this node is the container's own copy, and with one the host's is
# open anyway, or the runtime would not have asked for a namespace.
chmod 0666 /dev/net/tun 2> /dev/null || :

dnsmasq --conf-file=${inside.plan}/dnsmasq.conf --pid-file= --keep-in-foreground &

exec setpriv --reuid=${emulatorUser} --regid=${emulatorUser} --groups="$EMULATOR_GROUPS" \
  --inh-caps=-all --bounding-set=-all --no-new-privs /bin/sh ${inside.plan}/run.sh
`;
