#!/usr/bin/env bash
# Makes sure that RabbitMQ's programs (3.10 or newer) are here for the tests and for `make up`, which
# start brokers of their own. Debian starts a broker of its own on installing, open to the network,
# and again at each boot; one that we brought in is neither started nor left enabled. A broker that
# was here before is neither used nor touched.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source deploy/install/apt.sh

POLICY=/usr/sbin/policy-rc.d # what Debian's packages ask before they start a service

present() {
    .venv/bin/python -c 'from deploy.native.programs import rabbitmq_bin; rabbitmq_bin()' 2>/dev/null
}

# forbid_start: until this script ends, no package starts a service; false where that is not ours.
forbid_start() {
    [ ! -e "$POLICY" ] || return 0 # somebody has decided already
    trap 'as_root rm -f "$POLICY"' EXIT
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$POLICY" >/dev/null && as_root chmod 755 "$POLICY"
}

install_rabbitmq() {
    command -v apt-get >/dev/null && as_root true && forbid_start || return 1
    apt_install rabbitmq-server || return 1
    if command -v systemctl >/dev/null; then
        quietly as_root systemctl disable rabbitmq-server || true
    fi
    present
}

present || install_rabbitmq ||
    fail '缺少 RabbitMQ 3.10 或更新版本，请管理员运行 apt-get install rabbitmq-server。RabbitMQ 3.10 or newer is missing; an administrator can run: apt-get install rabbitmq-server'
