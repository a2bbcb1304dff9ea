#!/usr/bin/env bash
# The stores that tests/faults/test_store_elsewhere.py runs: Oxigraph's server of PyPI into .clients at the root, Virtuoso of
# Debian into the system, and nginx.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=${FASTI_CLIENTS:-$here/../../../.clients}

declare -A packages=([virtuoso-t]=virtuoso-opensource-7 [nginx]=nginx-light)
wanted=()
for program in "${!packages[@]}"; do
  command -v "$program" >/dev/null || [ -x "/usr/sbin/$program" ] || wanted+=("${packages[$program]}")
done
if [ ${#wanted[@]} -gt 0 ]; then
  apt-get update -qq
  # Debian starts what it installs; here the tests start it, on ports of their own.
  RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${wanted[@]}" >/dev/null
fi

mkdir -p "$target"
echo '*' >"$target/.gitignore"
if ! "$target/oxigraph/bin/oxigraph" --version 2>/dev/null | grep -q ' 0\.5\.13$'; then
  "${PYTHON:-python3}" -m venv --clear "$target/oxigraph"
  "$target/oxigraph/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
    -r "$here/requirements.txt"
fi
