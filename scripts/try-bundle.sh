#!/usr/bin/env bash
# Tries the bundle as an ordinary user of an old distribution that has nothing of PostgreSQL: unpack, personal init, load
# the demonstration's data, query. The distribution is made by debootstrap and kept in the cache.
# usage: try-bundle.sh BUNDLE.tar.gz CACHE
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bundle="$1" suite=bullseye
base="$2/$suite" root="$(mktemp -d /var/tmp/xtelemdb-try.XXXXXX)"

if [ "$(id -u)" != 0 ]; then echo "try-bundle.sh: a chroot needs root" >&2; exit 1; fi
if [ ! -e "$base.tar" ]; then
    command -v debootstrap >/dev/null || {
        apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends debootstrap
    } >&2
    mkdir -p "$2"
    echo "making $suite with debootstrap" >&2
    debootstrap --variant=minbase "$suite" "$root/base" >"$base.log" 2>&1 || { tail "$base.log" >&2; exit 1; }
    tar -C "$root/base" -cf "$base.tar.new" .
    mv "$base.tar.new" "$base.tar"
    rm -rf "$root/base"
fi

cleanup() {
    # What still runs in it was started by this script; its processes are those whose root is there.
    local process
    for process in /proc/[0-9]*; do
        if [ "$(readlink "$process/root")" = "$root" ]; then kill "${process#/proc/}" 2>/dev/null || true; fi
    done
    umount "$root/dev/null" "$root/dev/urandom" "$root/proc" 2>/dev/null || true
    rm -rf --one-file-system "$root"
}
trap cleanup EXIT
chmod 755 "$root"
tar -C "$root" -xf "$base.tar"
mount -t proc proc "$root/proc"
for device in null urandom; do
    [ -e "$root/dev/$device" ] || touch "$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
done
mkdir -p -m 1777 "$root/dev/shm"
chroot "$root" useradd --create-home astronomer
install -m 644 "$bundle" tests/data/demo/telem.tar.gz "$root/home/astronomer/"

chroot "$root" su - astronomer -c "bash -euo pipefail -s" <<SCRIPT
shown() { echo; echo "\\\$ \$*"; "\$@"; }
shown cat /etc/debian_version
shown id -un
if ls /usr/lib/postgresql /usr/bin/psql 2>/dev/null; then echo "there is a PostgreSQL here" >&2; exit 1; fi
shown tar -xzf $(basename "$bundle")
shown cd $(basename "$bundle" .tar.gz)
shown sha256sum --check --quiet SHA256SUMS
shown ./xtelemdb personal init ~/telem-db
shown tar -xzf ~/telem.tar.gz -C ~
sed -i 's|^data_dirs = .*|data_dirs = ["/home/astronomer/telem"]|; s|^hostname = .*|hostname = "exao1"|' ~/telem-db/xtelemdb.conf.toml
shown ./xtelemdb setup -c ~/telem-db/xtelemdb.conf.toml
shown ./xtelemdb inventory -c ~/telem-db/xtelemdb.conf.toml
shown ./xtelemdb ingest -c ~/telem-db/xtelemdb.conf.toml
shown pgsql/bin/psql -h ~/telem-db/socket xtelem -c 'SELECT device, count(*) FROM telem GROUP BY device ORDER BY 2 DESC LIMIT 3'
shown ./xtelemdb personal backup ~/telem-db ~
shown ./xtelemdb personal restore ~/copy ~/telem-db-*.dump
shown ./xtelemdb personal remove --yes ~/copy
shown ./xtelemdb personal remove --yes ~/telem-db
SCRIPT
echo
echo "the bundle works on $suite" >&2
