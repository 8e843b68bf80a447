# SPDX-FileCopyrightText: 2026 The PoolScope authors
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by run and test: what both need to set a Debian 12 machine up and to build.

root_dir=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
build_dir=$root_dir/build
jobs=$(nproc)

# Compiler, build tools, Qt and the libraries, and what the window needs to show itself.
build_packages=(g++ cmake ninja-build ccache pkg-config
    qt6-base-dev qt6-base-dev-tools qt6-charts-dev libqt6opengl6-dev qt6-svg-dev libqt6svg6 libqt6sql6-sqlite libzstd-dev
    fonts-dejavu-core)

say() { printf 'poolscope: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# install_packages NAME…: installs those that are missing, as root or through sudo.
install_packages() {
    local missing=() as_root=() name
    for name in "$@"; do
        [[ $(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null) == installed ]] || missing+=("$name")
    done
    ((${#missing[@]} == 0)) && return
    say "installing: ${missing[*]}"
    if ((EUID != 0)); then
        command -v sudo >/dev/null \
            || fail "packages are missing and there is no sudo; run as root: apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    "${as_root[@]}" apt-get update -qq >&2 || say "apt-get update failed; going on with the package lists that are there"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        "${missing[@]}" >&2 || fail "apt-get could not install: ${missing[*]}"
}

# configure DIR [CMAKE OPTIONS…]: once per build folder; later changes are noticed by the build itself.
configure() {
    local dir=$1
    shift
    [[ -f $dir/build.ninja ]] && return
    say "configuring $dir"
    mkdir -p "$dir"
    cmake -S "$root_dir" -B "$dir" -G Ninja -DCMAKE_BUILD_TYPE=Release -DCMAKE_CXX_COMPILER_LAUNCHER=ccache "$@" \
        >"$dir/configure.log" 2>&1 || { cat "$dir/configure.log" >&2; fail "cmake failed"; }
}

# build DIR [TARGETS…]: quiet while it goes well, the compiler's words when it does not.
build() {
    local dir=$1
    shift
    cmake --build "$dir" --parallel "$jobs" ${1:+--target "$@"} >"$dir/build.log" 2>&1 || {
        grep -vE '^\[[0-9]+/[0-9]+\] (Automatic|Building|Linking|Generating)' "$dir/build.log" >&2
        fail "the build failed; all of it: $dir/build.log"
    }
}
