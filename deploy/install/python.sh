#!/usr/bin/env bash
# Makes .venv in the repository and installs the locked packages and the project itself.
# Run again, it repairs: a .venv that answers is kept, any other is made anew.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source deploy/install/apt.sh

# python_where TEST: the first interpreter on PATH that passes a line of Python.
python_where() {
    local name
    for name in python3 python3.11 python3.12 python3.13; do
        if "$name" -c "$1" 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    return 1
}

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
# Debian parts ensurepip from python3, and `python3 -m venv` is half a tool without it.
complete="import ensurepip, venv; $new_enough"

python_where "$new_enough" >/dev/null ||
    fail '需要 Python 3.11 或更新版本，请先安装。Python 3.11 or newer is needed; please install it.'

if ! python=$(python_where "$complete"); then
    apt_install python3-venv && python=$(python_where "$complete") ||
        fail '缺少 python3-venv，请管理员运行 apt-get install python3-venv。python3-venv is missing; an administrator can run: apt-get install python3-venv'
fi

.venv/bin/python -m pip --version >/dev/null 2>&1 || "$python" -m venv --clear .venv
echo "pip install → .venv …"
pip=(.venv/bin/python -m pip --quiet --disable-pip-version-check install)
"${pip[@]}" --require-hashes --requirement requirements/dev.txt
# setuptools greets every editable install with a page of general advice.
PYTHONWARNINGS=ignore "${pip[@]}" --no-deps --no-build-isolation --editable .
