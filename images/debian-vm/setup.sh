# Runs inside the installed system, as root; prepares it for being cloned, and makes its disk.
. /.build/disk.sh

root_uuid=5f0c1c8e-6b1f-4d0a-9c51-1ab5f2a70002
cp -R /.build/files/. /

cat > /etc/fstab <<TABLE
UUID=$root_uuid / ext4 errors=remount-ro 0 1
TABLE
systemctl enable systemd-networkd systemd-resolved ssh serial-getty@ttyS0.service getty@tty1.service
systemctl disable systemd-networkd-wait-online.service apt-daily.timer apt-daily-upgrade.timer man-db.timer e2scrub_all.timer 2>/dev/null || true
ln -sf /run/systemd/resolve/stub-resolv.conf /etc/resolv.conf

# Every copy makes its own identity when it boots. The id is empty, not missing: systemd would ask its first-boot questions.
rm -f /etc/ssh/ssh_host_* /var/lib/dbus/machine-id
: > /etc/machine-id
echo debian > /etc/hostname

echo 'lab-step: boot loader'
mkdir -p /boot/grub
cp -R /usr/lib/grub/i386-pc /usr/lib/grub/x86_64-efi /boot/grub/
sed "s/@ROOT_UUID@/$root_uuid/" /.build/grub.cfg > /boot/grub/grub.cfg

echo 'lab-step: disk'
rm -rf /var/lib/apt/lists/* /var/log/*.log /var/log/apt /etc/apt/sources.list.d/* /etc/apt/sources.list \
  /etc/apt/apt.conf.d/99mmdebstrap /var/cache/debconf/*-old
# A second name for every file costs nothing; the tree is then only read.
mkdir -p /.build/tree/proc /.build/tree/sys /.build/tree/dev /.build/tree/run
mkdir -m 1777 /.build/tree/tmp
for entry in /*; do
  case $entry in /proc | /sys | /dev | /run | /tmp) ;; *) cp -al "$entry" /.build/tree/ ;; esac
done
rm -rf /.build/tree/var/cache/apt/*
efi_with_grub "$root_uuid"
make_disk /.build/tree "$root_uuid" 1536
rm -rf /.build/tree /.build/root.ext4
