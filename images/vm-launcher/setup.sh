# Runs inside the tree of the image, as root.
. /.build/base-tree.sh

# Other processors, debug builds and programs that never run here.
rm -rf /usr/share/qemu/*.lid /usr/share/qemu/hppa* /usr/share/qemu/u-boot* /usr/bin/qemu-system-x86_64-microvm \
  /usr/share/perl /usr/lib/*/perl /usr/share/perl5 /usr/lib/file
