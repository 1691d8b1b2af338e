# shellcheck shell=bash
# Sourced by the other scripts here: installing a Debian package where that is allowed.

# apt_install PACKAGE: true when the package is in; false when this account or system may not.
apt_install() {
    local become=()
    command -v apt-get >/dev/null || return 1
    if [ "$(id -u)" -ne 0 ]; then
        sudo -n true 2>/dev/null || return 1
        become=(sudo -n)
    fi
    echo "apt-get install $1 …"
    # An update that fails half (a dead third-party source) need not stop the install.
    "${become[@]}" apt-get update -qq || true
    "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes \
        --no-install-recommends -o DPkg::Lock::Timeout=120 "$1" </dev/null >/dev/null
}

# fail SENTENCE: says it and ends the script.
fail() {
    echo "$1" >&2
    exit 1
}
