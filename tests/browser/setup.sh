#!/usr/bin/env bash
# What the tests marked `browser` need besides Chromium: Playwright for the venv, axe and a validator of HTML in .browser.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
target=${FASTI_BROWSER:-$root/.browser}

"$root/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r "$here/constraints.txt"
mkdir -p "$target"
cp "$here/package.json" "$here/package-lock.json" "$target"
echo '*' >"$target/.gitignore"
(cd "$target" && npm ci --silent --ignore-scripts --no-audit --no-fund)
