# Each target does its own set-up: Python 3.11 and make are all it presumes.
PYTHON ?= python3
PORT ?= 8000
HOST ?= 127.0.0.1
BIN = .venv/bin
READY = .venv/ready
SOURCES = $(shell find server/fasti seeds mappings ontology -type f -not -name '*.pyc' 2>/dev/null)

.PHONY: serve test lint wheel bench clean
.DELETE_ON_ERROR:

serve: $(READY) ## build the seeds for this port, then serve them
	@$(BIN)/fasti build --base http://localhost:$(PORT)/
	@$(BIN)/fasti serve --host $(HOST) --port $(PORT)

test: $(READY) ## everything but the slow tests
	$(BIN)/python -m pytest -m "not browser and not faults and not clients"

lint: $(READY) ## style, types, layers
	$(BIN)/ruff check server tests
	$(BIN)/ruff format --check server tests
	$(BIN)/mypy
	$(BIN)/lint-imports

wheel: $(READY) ## dist/fasti-*.whl
	$(BIN)/python -m build --wheel --no-isolation

# Dependencies are pinned with hashes; `server/constraints.txt` says how to renew them.
$(READY): server/constraints.txt pyproject.toml
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r server/constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

clean:
	rm -rf .venv .releases dist
