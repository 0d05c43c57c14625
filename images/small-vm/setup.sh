# Runs inside a tree with the packages, as root; makes the machine's own small tree out of them, and its disk.
. /.build/base-tree.sh
. /.build/kernel-modules.sh
. /.build/disk.sh

kernel=$(ls /lib/modules)
root_uuid=5f0c1c8e-6b1f-4d0a-9c51-1ab5f2a70001
tree=/.build/tree
early=/.build/early
depmod "$kernel"

# copy_program FILE… TREE-relative: the programs and the libraries they are linked with, into $into.
copy_program() {
  for file in "$@"; do
    { echo "$file"; ldd "$file" 2>/dev/null | grep -o '/[^ ]*'; } | while read -r part; do
      mkdir -p "$into$(dirname "$part")"
      cp -L "$part" "$into$part"
    done
  done
}

skeleton() {
  mkdir -p "$1/bin" "$1/usr/bin" "$1/usr/sbin" "$1/lib/modules" "$1/lib64" "$1/dev" "$1/proc" "$1/sys" "$1/run" "$1/tmp"
  into=$1 copy_program /bin/busybox
  for applet in $(busybox --list); do
    [ "$applet" = busybox ] || ln -sf busybox "$1/bin/$applet"
  done
  # /sbin/init, /sbin/getty and, asked for by the kernel itself, /sbin/modprobe
  ln -s bin "$1/sbin"
}

echo 'lab-step: initial RAM disk'
skeleton "$early"
copy_modules "$early" virtio_pci virtio_blk virtio_scsi ahci ata_piix sd_mod ext4 crc32c_generic
cp /.build/init-early "$early/init"
cp /.build/files/usr/lib/lab/drivers "$early/drivers"
chmod 0755 "$early/init" "$early/drivers"

echo 'lab-step: system'
skeleton "$tree"
mkdir -p "$tree"/root "$tree"/home "$tree"/var/log "$tree"/var/lib/cloud "$tree"/mnt "$tree"/etc/dropbear "$tree"/boot/grub
chmod 0700 "$tree/root"
chmod 1777 "$tree/tmp"
copy_modules "$tree" virtio_pci virtio_blk virtio_scsi ahci ata_piix sd_mod sr_mod ext4 crc32c_generic isofs vfat \
  nls_ascii nls_cp437 nls_utf8 virtio_net e1000 e1000e virtio_rng virtio_console virtio_balloon button evdev usbhid hid_generic \
  xhci_pci uhci_hcd ehci_pci
into=$tree copy_program /usr/sbin/dropbear /usr/bin/dropbearkey /usr/bin/lua5.1 /usr/bin/doas \
  /usr/sbin/qemu-ga \
  /lib/x86_64-linux-gnu/security/pam_permit.so /lib/x86_64-linux-gnu/security/pam_unix.so \
  /usr/lib/x86_64-linux-gnu/lua/5.1/yaml.so
chmod 4755 "$tree/usr/bin/doas"
mkdir -p "$tree/usr/share/lua/5.1"
cp -R /usr/share/lua/5.1/lyaml "$tree/usr/share/lua/5.1/"
cp -R /.build/files/. "$tree/"
chmod 0755 "$tree"/etc/init.d/* "$tree"/etc/acpi/PWRF/* "$tree"/usr/lib/lab/* "$tree"/srv/www/cgi-bin/* "$tree"/usr/bin/sudo \
  "$tree"/etc/udhcpc/default.script
chmod 0600 "$tree/etc/shadow" "$tree/etc/doas.conf"
mkdir -m 0755 "$tree/home/lab"
chown 1000:1000 "$tree/home/lab"

cp "/boot/vmlinuz-$kernel" "$tree/boot/vmlinuz"
(cd "$early" && find . | cpio --quiet -o -H newc | gzip -6) > "$tree/boot/initrd.gz"
options="root=UUID=$root_uuid rw quiet loglevel=3 console=tty1 console=ttyS0,115200"
sed "s/@OPTIONS@/$options/" /.build/grub.cfg > "$tree/boot/grub/grub.cfg"

echo 'lab-step: disk'
efi_with_kernel "$tree/boot/vmlinuz" "$tree/boot/initrd.gz" "$options"
make_disk "$tree" "$root_uuid" 96
