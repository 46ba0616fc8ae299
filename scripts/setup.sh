# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Sourced by scripts/run, scripts/test and .ci/run: packages, configuring, building.
# shellcheck source=scripts/packages.sh
. "$AUGURY_ROOT/scripts/packages.sh"

say() { printf '%s\n' "$*" >&2; }
die() {
    say "$*"
    exit 1
}

# "debian 12", "ubuntu 24.04", "debian " (testing has no number): from /etc/os-release.
distribution() {
    (
        ID=unknown VERSION_ID=''
        # shellcheck disable=SC1091
        [ -r /etc/os-release ] && . /etc/os-release
        printf '%s %s\n' "$ID" "${VERSION_ID:-}"
    )
}

# Debian 12 or newer, or a distribution that calls itself a kind of Debian, with apt.
is_debian() {
    command -v apt-get >/dev/null && command -v dpkg-query >/dev/null || return 1
    local id version
    read -r id version <<<"$(distribution)"
    if [ "$id" = debian ]; then
        version=${version%%.*}
        [ -z "$version" ] || [ "$version" -ge 12 ]
    else
        # Its packages must be new enough, or an install would only waste a gigabyte.
        # shellcheck disable=SC1091
        (. /etc/os-release && case " ${ID_LIKE:-} " in *' debian '*) ;; *) exit 1 ;; esac) \
            && offers cmake 3.25 && offers qt6-base-dev 6.4
    fi
}

# apt's candidate of package $1 is version $2 or newer.
offers() {
    local candidate
    candidate=$(LC_ALL=C apt-cache policy "$1" 2>/dev/null | sed -n 's/^ *Candidate: *//p')
    [ -n "$candidate" ] && [ "$candidate" != '(none)' ] \
        && dpkg --compare-versions "$candidate" ge "$2"
}

is_installed() {
    [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

# An upstream LibTorch named by CMAKE_PREFIX_PATH takes the place of Debian's package.
has_own_torch() {
    local folder
    local IFS=':;'
    for folder in ${CMAKE_PREFIX_PATH:-}; do
        [ -n "$(find "$folder/share/cmake/Torch" "$folder/lib/cmake/Torch" \
            -name TorchConfig.cmake -print -quit 2>/dev/null)" ] && return 0
    done
    return 1
}

# Lines "packages | why" that apply here; $1: run or test.
needed_packages() {
    local purpose=$1 for packages why id version
    read -r id version <<<"$(distribution)"
    augury_packages | while IFS='|' read -r for packages why; do
        case "${for// /}" in
        run) ;;
        test) [ "$purpose" = test ] || continue ;;
        12) [ "$id" = debian ] && [ "$version" = 12 ] || continue ;;
        esac
        if [ "${packages// /}" = libtorch-dev ] && has_own_torch; then continue; fi
        printf '%s|%s\n' "$packages" "$why"
    done
}

# Installs what is missing; $1: run or test. Says what and why; leaves a complete set alone.
install_packages() {
    local -a missing=()
    local packages why package list='' absent
    while IFS='|' read -r packages why; do
        absent=''
        for package in $packages; do
            is_installed "$package" || absent="$absent $package"
        done
        [ -n "$absent" ] || continue
        # shellcheck disable=SC2206 # names are separated by spaces
        missing+=($absent)
        list+="  ${absent# } —${why}"$'\n'
    done < <(needed_packages "$1")
    [ ${#missing[@]} -gt 0 ] || return 0

    say "Installing with apt:"
    printf '%s' "$list" >&2
    local -a apt=(env DEBIAN_FRONTEND=noninteractive apt-get)
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null || die "This needs root and there is no sudo. As root, run:
  apt-get install --no-install-recommends ${missing[*]}"
        apt=(sudo "${apt[@]}")
    fi
    # The lists of packages are fetched only when a name is not known yet or the install fails.
    if ! known "${missing[@]}"; then
        "${apt[@]}" update || die "apt-get update failed; see above. Is there a network?"
        known "${missing[@]}" || die "This distribution does not offer:$(unknown "${missing[@]}").
$(requirements)"
    fi
    local -a install=("${apt[@]}" install -y --no-install-recommends "${missing[@]}")
    "${install[@]}" || {
        say "Trying again with fresh lists of packages."
        "${apt[@]}" update && "${install[@]}"
    } || die "apt-get install failed; see above."
}

# Names among $@ that apt cannot install.
unknown() {
    local package
    for package; do
        [ -n "$(apt-cache show --no-all-versions "$package" 2>/dev/null)" ] || printf ' %s' "$package"
    done
}
known() { [ -z "$(unknown "$@")" ]; }

# For a distribution without Debian's packages.
requirements() {
    say "Augury is set up automatically on Debian 12 and newer. Elsewhere, install these first
(under Debian's names; versions: CMake 3.25, GCC 12, Qt 6.4, LibTorch 1.13, OpenCV 4.6 or newer):"
    needed_packages test | while IFS='|' read -r packages why; do
        say "  ${packages} —${why}"
    done
    say "An upstream LibTorch is found through CMAKE_PREFIX_PATH."
}

# Files of LibTorch take about 1.1 GB each to compile: as many jobs as cores and memory allow.
build_jobs() {
    local cores memory limit
    cores=$(nproc)
    memory=$(awk '/^MemAvailable:/ { print int($2 / 1024) }' /proc/meminfo)
    if read -r limit 2>/dev/null </sys/fs/cgroup/memory.max && [ "$limit" != max ]; then
        limit=$((limit / 1048576))
        [ "$limit" -lt "$memory" ] && memory=$limit
    fi
    local jobs=$((memory / 1200))
    [ "$jobs" -lt 1 ] && jobs=1
    [ "$jobs" -gt "$cores" ] && jobs=$cores
    printf '%s\n' "$jobs"
}

# Packages, then CMake; $1: preset, $2: run or test, $3…: for CMake. Without Debian's packages: goes on when CMake
# finds everything, else says what is needed before anything is built.
configure() {
    local preset=$1 purpose=$2
    shift 2
    local log="$AUGURY_ROOT/build/configure-$preset.log"
    if is_debian; then
        install_packages "$purpose"
    fi
    mkdir -p "$AUGURY_ROOT/build"
    # CMake remembers where it found LibTorch: another CMAKE_PREFIX_PATH begins afresh.
    local remembered="$AUGURY_ROOT/build/prefix-$preset"
    if [ -e "$remembered" ] && [ "$(cat "$remembered")" != "${CMAKE_PREFIX_PATH:-}" ]; then
        set -- --fresh "$@"
    fi
    if command -v cmake >/dev/null \
        && (cd "$AUGURY_ROOT" && cmake --preset "$preset" "$@") >"$log" 2>&1; then
        printf '%s\n' "${CMAKE_PREFIX_PATH:-}" >"$remembered"
        return
    fi
    if is_debian; then
        [ -s "$log" ] && tail -n 30 "$log" >&2
        die "Configuring failed; the whole output is in $log."
    fi
    [ -s "$log" ] && grep -A 3 'CMake Error' "$log" | head -n 8 >&2
    requirements
    exit 1
}

# $1: preset; $2…: targets, none for all of them.
build() {
    local preset=$1
    shift
    local -a command=(cmake --build --preset "$preset" --parallel "$(build_jobs)")
    [ $# -gt 0 ] && command+=(--target "$@")
    say "Building ($preset)…"
    (cd "$AUGURY_ROOT" && "${command[@]}") >&2 || die "The build failed; see above."
}
