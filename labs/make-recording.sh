#!/bin/sh
# Records the packets of the lab two-hosts anew: two hosts, a ping, a visit with a password. Needs root, iproute2, ping, tcpdump,
# curl and busybox. The addresses are those reserved for documentation.
set -eu
to=$(cd "$(dirname "$0")/two-hosts/files" && pwd)/recording.pcap
work=$(mktemp -d)
finish() {
  kill $(jobs -p) 2>/dev/null || true
  ip netns delete rec-client
  ip netns delete rec-server
  rm -r "$work"
}
trap finish EXIT

ip netns add rec-client
ip netns add rec-server
ip link add eth0 netns rec-client address 02:00:00:00:00:10 type veth peer name eth0 netns rec-server address 02:00:00:00:00:20
ip -n rec-client address add 192.0.2.10/24 dev eth0
ip -n rec-server address add 192.0.2.20/24 dev eth0
ip -n rec-client link set eth0 up
ip -n rec-server link set eth0 up

mkdir "$work/diary"
echo '/diary:captain:anchor' > "$work/httpd.conf"
printf '<h1>Diary of the harbour office</h1>\n<p>The Delfin came in at noon.</p>\n' > "$work/diary/index.html"
ip netns exec rec-server busybox httpd -f -p 80 -h "$work" -c "$work/httpd.conf" &
sleep 1
# Its own packets to nobody (IPv6 looking for neighbours) are no part of the lesson.
ip netns exec rec-server tcpdump -n -i eth0 -U -w "$work/recording.pcap" arp or icmp or tcp port 80 &
sleep 1
ip netns exec rec-client ping -c3 192.0.2.20
ip netns exec rec-client curl -fsS -u captain:anchor http://192.0.2.20/diary/
sleep 1
cat "$work/recording.pcap" > "$to"
