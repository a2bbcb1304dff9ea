#!/usr/bin/env bash
# The stores that tests/faults/test_store_elsewhere.py runs: Oxigraph's server of PyPI into .clients at the root, Virtuoso of
# Debian into the system, and nginx.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=${FASTI_CLIENTS:-$here/../../../.clients}

. "$here/../../debian.sh"
debian virtuoso-t=virtuoso-opensource-7 nginx=nginx-light

mkdir -p "$target"
echo '*' >"$target/.gitignore"
if ! "$target/oxigraph/bin/oxigraph" --version 2>/dev/null | grep -q ' 0\.5\.13$'; then
  "${PYTHON:-python3}" -m venv --clear "$target/oxigraph"
  "$target/oxigraph/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
    -r "$here/requirements.txt"
fi
