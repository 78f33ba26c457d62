# `make demo` and `make test` install what they need into .venv first.

PYTHON ?= python3
BIN := .venv/bin
# The sample class is ours, so it may run where there is no wall; strangers' notebooks may not.
ISOLATION := $(shell bwrap --ro-bind / / --unshare-all true 2>/dev/null && echo full || echo trusted)

.PHONY: demo test quick lint format build lock clean

demo: .venv/installed
	$(BIN)/autograder grade 01_convolution --submissions examples/class --isolation $(ISOLATION) --out demo

test: lint
	$(BIN)/autograder build --check
	$(BIN)/python -m pytest

quick: .venv/installed
	$(BIN)/python -m pytest -m "not slow"

lint: .venv/installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: .venv/installed
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

build: .venv/installed
	$(BIN)/autograder build

.venv/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

# Writes requirements.lock anew, for every Python and platform that pyproject.toml admits.
lock:
	$(PYTHON) -m pip install --quiet --target .venv/uv uv
	.venv/uv/bin/uv pip compile pyproject.toml --extra instructor --group dev --universal \
		--generate-hashes --no-annotate --no-header --quiet --output-file requirements.lock

clean:
	rm -rf .venv demo
