#!/usr/bin/env bash
# The programs that Fasti is measured beside: of Debian into the system, of PyPI and npm into .peers here.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=$here/.peers

. "$here/../debian.sh"
debian nginx=nginx-light wrk=wrk virtuoso-t=virtuoso-opensource-7-bin isql-vt=virtuoso-opensource-7-bin npm=npm

if [ ! -x "$target/bin/oxigraph" ] || [ "$here/peers/requirements.txt" -nt "$target/ready" ]; then
  "${PYTHON:-python3}" -m venv --clear "$target"
  "$target/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r "$here/peers/requirements.txt"
  cp "$here/peers/package.json" "$here/peers/package-lock.json" "$target"
  (cd "$target" && npm ci --silent --ignore-scripts --no-audit --no-fund)
  touch "$target/ready"
fi
