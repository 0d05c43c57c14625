# Runs inside the tree of the image, as root.
. /.build/base-tree.sh
cp -R /.build/files/. /
add_lab_user

for link in which:which.debianutils vi:vim.tiny vim:vim.tiny editor:nano nc:nc.openbsd pager:less traceroute:traceroute.db; do
  ln -sf "${link#*:}" "/usr/bin/${link%%:*}"
done

# An alternative that installing would have chosen; nmap is linked with it.
lib=/usr/lib/$(uname -m)-linux-gnu
ln -s blas/libblas.so.3 "$lib/libblas.so.3"

# Even to stay root, tcpdump sets its groups and ends when it may not. A call that changes nothing takes that one's place.
sed -i 's/initgroups\x00/getegid\x00\x00\x00\x00/' /usr/bin/tcpdump
grep -q getegid /usr/bin/tcpdump
