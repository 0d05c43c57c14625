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

while read -r n mac; do
  mtu=$(cat "/sys/class/net/eth$n/mtu")
  ip link set "eth$n" down
  ip addr flush dev "eth$n"
  ip link set "eth$n" address "$mac" addrgenmode none
  ip link add "br$n" mtu "$mtu" addrgenmode none type bridge stp_state 0 forward_delay 0
  ip tuntap add dev "tap$n" mode tap user ${emulatorUser}
  ip link set "tap$n" mtu "$mtu" addrgenmode none master "br$n" up
  ip link set "eth$n" master "br$n" up
  ip addr add ${bridgeCidr} dev "br$n"
  ip link set "br$n" up
done < ${inside.plan}/nics

dnsmasq --conf-file=${inside.plan}/dnsmasq.conf --pid-file= --keep-in-foreground &

exec setpriv --reuid=${emulatorUser} --regid=${emulatorUser} --groups="$EMULATOR_GROUPS" \
  --inh-caps=-all --bounding-set=-all --no-new-privs /bin/sh ${inside.plan}/run.sh
`;
