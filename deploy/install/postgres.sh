#!/usr/bin/env bash
# Makes sure that PostgreSQL's programs (15 or newer) are here for the tests, which start servers
# of their own. Debian's package also makes a cluster of its own; it is neither used nor touched.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source deploy/install/apt.sh

present() {
    .venv/bin/python -c 'from deploy.native.programs import postgres_bin; postgres_bin()' 2>/dev/null
}

present || { apt_install postgresql && present; } ||
    fail '缺少 PostgreSQL 15 或更新版本，请管理员运行 apt-get install postgresql。PostgreSQL 15 or newer is missing; an administrator can run: apt-get install postgresql'
