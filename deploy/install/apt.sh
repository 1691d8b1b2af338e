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
    quietly "${become[@]}" apt-get update -qq || true
    quietly "${become[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes \
        --no-install-recommends -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 "$1"
}

# quietly COMMAND…: runs it with nobody at the keyboard; what it said is shown only if it fails.
quietly() {
    local said
    said=$("$@" 2>&1 </dev/null) || { echo "$said" >&2; return 1; }
}

# fail SENTENCE: says it and ends the script.
fail() {
    echo "$1" >&2
    exit 1
}
