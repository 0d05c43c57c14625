# Runs inside the tree of the image, as root.
. /.build/base-tree.sh

# PostgreSQL looks its user up by number; nothing here needs to become somebody else.
groupadd --gid 1000 stores
useradd --uid 1000 --gid stores --shell /usr/sbin/nologin --home-dir /tmp stores
find / -xdev -type f -perm /6000 -exec chmod ug-s {} +

mkdir -p /run/postgresql /data
chown stores:stores /run/postgresql /data
/usr/lib/postgresql/15/bin/postgres --version
nats-server --version
redis-server --version
