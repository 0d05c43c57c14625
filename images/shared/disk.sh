# Makes a disk that boots under BIOS and UEFI, without loop devices, mounts or privileges:
# GPT with a BIOS boot partition (GRUB), an EFI system partition (a loader on the removable path) and an ext4 root.
# Sourced by a disk image's setup.sh, inside the tree. Before make_disk the script calls one of the efi_with_… functions.

# The boot partition's place is written into GRUB's first sectors below; 2048 is 0x0800.
bios_start=2048
efi_start=4096
bios_start_bytes='\000\010\000\000\000\000\000\000'
core_rest_bytes='\001\010\000\000\000\000\000\000'

# make_disk TREE ROOT_UUID ROOT_MIB: writes /.build/disk.raw.
make_disk() {
  tree=$1 uuid=$2 root_mib=$3
  disk=/.build/disk.raw
  efi_mib=$(($(stat -c %s /.build/efi.img) / 1048576))
  root_start=$((efi_start + efi_mib * 2048))

  truncate -s "$((root_start / 2048 + root_mib + 1))M" "$disk"
  sfdisk --quiet "$disk" <<TABLE
label: gpt
start=$bios_start, size=2048, type=21686148-6449-6E6F-744E-656564454649
start=$efi_start, size=$((efi_mib * 2048)), type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B
start=$root_start, size=$((root_mib * 2048)), type=4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709
TABLE
  write_bios_grub
  write_at "$efi_start" /.build/efi.img
  mke2fs -q -t ext4 -L root -U "$uuid" -E lazy_itable_init=1 -d "$tree" /.build/root.ext4 "${root_mib}M"
  write_at "$root_start" /.build/root.ext4
}

# write_at SECTOR FILE
write_at() {
  dd if="$2" of="$disk" bs=512 seek="$1" conv=notrunc,sparse status=none
}

# patch OFFSET BYTES FILE
patch() {
  printf "$2" | dd of="$3" bs=1 seek="$1" conv=notrunc status=none
}

write_bios_grub() {
  grub-mkimage -O i386-pc -o /.build/core.img -p '(,gpt3)/boot/grub' \
    biosdisk part_gpt ext2 normal configfile linux serial terminal test echo search search_fs_uuid
  cp /usr/lib/grub/i386-pc/boot.img /.build/boot.img
  patch 92 "$bios_start_bytes" /.build/boot.img
  patch 500 "$core_rest_bytes" /.build/core.img
  dd if=/.build/boot.img of="$disk" bs=440 count=1 conv=notrunc status=none
  write_at "$bios_start" /.build/core.img
}

# make_efi_image MIB FILE: an EFI system partition that starts FILE.
make_efi_image() {
  mformat -C -i /.build/efi.img -T "$(($1 * 2048))" -v EFI ::
  mmd -i /.build/efi.img ::/EFI ::/EFI/BOOT
  mcopy -i /.build/efi.img "$2" ::/EFI/BOOT/BOOTX64.EFI
}

# efi_with_grub ROOT_UUID: GRUB, with the configuration in the root file system. Needs 512 MiB of memory.
efi_with_grub() {
  cat > /.build/early.cfg <<CONFIG
search --no-floppy --fs-uuid --set=root $1
set prefix=(\$root)/boot/grub
configfile \$prefix/grub.cfg
CONFIG
  grub-mkimage -O x86_64-efi -o /.build/BOOTX64.EFI -c /.build/early.cfg -p /boot/grub \
    part_gpt ext2 fat normal configfile linux serial terminal test echo search search_fs_uuid all_video gfxterm efi_gop
  make_efi_image 8 /.build/BOOTX64.EFI
}

# efi_with_kernel KERNEL INITRD OPTIONS: both lie beside systemd-boot, which starts them in little memory.
efi_with_kernel() {
  make_efi_image 16 /usr/lib/systemd/boot/efi/systemd-bootx64.efi
  mmd -i /.build/efi.img ::/loader ::/loader/entries
  mcopy -i /.build/efi.img "$1" ::/kernel
  mcopy -i /.build/efi.img "$2" ::/initrd
  echo 'timeout 0' | mcopy -i /.build/efi.img - ::/loader/loader.conf
  printf '%s\n' 'title Linux' 'linux /kernel' 'initrd /initrd' "options $3" |
    mcopy -i /.build/efi.img - ::/loader/entries/linux.conf
}
