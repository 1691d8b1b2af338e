# shellcheck shell=bash
# Sourced by the other scripts here: installing a Debian package where that is allowed.

# apt_install PACKAGE: true when the package is in; false when this account or system may not.
apt_install() {
    command -v apt-get >/dev/null && as_root true || return 1
    echo "apt-get install $1 …"
    # An update that fails half (a dead third-party source) need not stop the install.
    quietly as_root apt-get update -qq || true
    quietly as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes \
        --no-install-recommends -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 "$1"
}

# as_root COMMAND…: runs it as root; false where this account may not become root unasked.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo -n true 2>/dev/null && sudo -n "$@"
    fi
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
