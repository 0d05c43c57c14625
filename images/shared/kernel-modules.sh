# Copies chosen kernel modules, with all that they need, into another tree. Sourced by setup.sh.

# copy_modules TREE NAME…
copy_modules() {
  modules_tree=$1
  shift
  for name in "$@"; do
    modprobe --set-version "$kernel" --show-depends "$name" | sed -n 's/^insmod \([^ ]*\).*/\1/p'
  done | sort -u > /.build/modules.list
  tar -C / -cf - -T /.build/modules.list 2>/dev/null | tar -C "$modules_tree" --keep-directory-symlink -xf -
  cp /lib/modules/"$kernel"/modules.builtin* /lib/modules/"$kernel"/modules.order "$modules_tree/lib/modules/$kernel/"
  depmod --basedir "$modules_tree" "$kernel"
}
