# Runs before the packages are installed, as root, inside the tree.

# The initial RAM disk is made when the kernel is installed: only of what these machines need.
mkdir -p /etc/initramfs-tools
cp -R /.build/files/etc/initramfs-tools/. /etc/initramfs-tools/

# Drivers of devices that no emulator has: half of the kernel's package.
for drivers in drivers/gpu/drm/amd drivers/gpu/drm/i915 drivers/gpu/drm/nouveau drivers/gpu/drm/radeon drivers/iio \
  drivers/infiniband drivers/isdn drivers/media drivers/net/wireless drivers/staging sound; do
  echo "path-exclude=/lib/modules/*/kernel/$drivers/*" >> /etc/dpkg/dpkg.cfg.d/lab-build
done
