#!/usr/bin/env bash
# The programs that the tests marked `clients` run: of Debian into the system, of npm into .clients at the root.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=${FASTI_CLIENTS:-$here/../../../.clients}

. "$here/../../debian.sh"
debian curl=curl rapper=raptor2-utils nginx=nginx-light caddy=caddy openssl=openssl npm=npm

mkdir -p "$target"
cp "$here/package.json" "$here/package-lock.json" "$target"
echo '*' >"$target/.gitignore"
(cd "$target" && npm ci --silent --ignore-scripts --no-audit --no-fund)
