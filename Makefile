# Each target does its own set-up: Python 3.11 and make are all it presumes.
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
BIN = .venv/bin
READY = .venv/ready
EDITOR = server/fasti/web/static/vendor/LICENSES.txt
SOURCES = $(shell find server/fasti seeds mappings ontology -type f -not -name '*.pyc' 2>/dev/null)

.PHONY: serve editor-meanwhile test lint wheel bench bench-short clean
.DELETE_ON_ERROR:

serve: editor-meanwhile $(READY) ## build the seeds for this port, then serve them
	@$(BIN)/fasti build --base http://localhost:$(PORT)/
	@$(BIN)/fasti serve --host $(HOST) --port $(PORT)

test: $(READY) ## everything but the slow tests
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile -m "not browser and not faults and not clients"

lint: $(READY) ## style, types, layers
	$(BIN)/ruff check server tests
	$(BIN)/ruff format --check server tests
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(READY) ## every station beside its peers, into tests/bench/BENCHMARKS.md
	tests/bench/setup.sh
	$(BIN)/python tests/bench/harness.py $(STATIONS)

bench-short: $(READY) ## about a minute; fails only where a ratio is broken
	tests/bench/setup.sh
	$(BIN)/python tests/bench/harness.py --short $(STATIONS)

wheel: $(READY) $(EDITOR) ## dist/fasti-*.whl
	$(BIN)/python -m build --wheel --no-isolation

# Dependencies are pinned with hashes; `server/constraints.txt` says how to renew them.
$(READY): server/constraints.txt pyproject.toml
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r server/constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# What the query page has of npm. Without it (no network, no registry) the page has its plain form, so nothing fails here.
$(EDITOR): server/editor/package-lock.json server/editor/setup.sh server/editor/copy.mjs
	@PYTHON=$(PYTHON) server/editor/setup.sh || true

# Nobody waits for the editor: the page looks for it each time.
editor-meanwhile:
	@$(MAKE) --no-print-directory $(EDITOR) >/dev/null &

clean:
	rm -rf .venv .releases dist server/editor/.node server/editor/node_modules server/fasti/web/static/vendor
