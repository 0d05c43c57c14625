# Turns a tree of merely unpacked packages into a working one: the few things that their installation scripts would
# have done and that a container needs. Unpacking alone is several times faster than installing.
# Sourced by an image's setup.sh, inside the tree, as root.

cp /usr/share/base-passwd/passwd.master /etc/passwd
cp /usr/share/base-passwd/group.master /etc/group
cp /usr/share/libc-bin/nsswitch.conf /etc/nsswitch.conf
cp /usr/share/base-files/profile /etc/profile
cp /usr/share/base-files/dot.profile /root/.profile
cp /usr/share/base-files/dot.bashrc /root/.bashrc
grep -q '^shadow:' /etc/group || echo 'shadow:x:42:' >> /etc/group
pwconv
grpconv
printf '%s\n' /bin/sh /bin/bash /usr/bin/bash > /etc/shells
mkdir -p /mnt /srv /opt /media /var/tmp /usr/local/bin /usr/local/sbin
chmod 1777 /tmp /var/tmp
rm -rf /var/run /var/lock
ln -s /run /var/run
ln -s /run/lock /var/lock
mkdir -p /run/lock
ln -sf mawk /usr/bin/awk
ldconfig

if [ -d /usr/share/ca-certificates ]; then
  mkdir -p /etc/ssl/certs
  cat /usr/share/ca-certificates/mozilla/*.crt > /etc/ssl/certs/ca-certificates.crt
fi

# The learner's account. Nothing in these images needs to become somebody else, so no program may.
add_lab_user() {
  groupadd --gid 1000 lab
  useradd --uid 1000 --gid lab --shell /bin/bash --create-home lab
  mkdir -p /run/lab
  chown lab:lab /run/lab
  find / -xdev -type f -perm /6000 -exec chmod ug-s {} +
}
