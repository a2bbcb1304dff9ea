#!/usr/bin/env bash
# The programs that the tests marked `clients` run: of Debian into the system, of npm into .clients at the root.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
target=${FASTI_CLIENTS:-$here/../../../.clients}

declare -A packages=([curl]=curl [rapper]=raptor2-utils [nginx]=nginx-light [caddy]=caddy [openssl]=openssl [npm]=npm)
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
cp "$here/package.json" "$here/package-lock.json" "$target"
echo '*' >"$target/.gitignore"
(cd "$target" && npm ci --silent --ignore-scripts --no-audit --no-fund)
