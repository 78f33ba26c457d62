# `make demo` and `make test` install what they need into .venv first.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# Out of the lock, and on Python 3.11 alone: this version is small there with plain pip, while others
# bring gigabytes of CUDA.
TORCH := torch==2.13.0
# The sample class is ours, so it may run where there is no wall; strangers' notebooks may not.
ISOLATION = $$($(BIN)/autograder doctor >/dev/null || echo --isolation trusted)

.PHONY: demo test pytest slow backends fuzz lint format build docs lock clean

demo: $(VENV)/installed
	$(BIN)/autograder grade 01_convolution --submissions examples/class $(ISOLATION) --out demo

test: lint pytest

pytest: $(VENV)/backends
	$(BIN)/autograder build --check
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile -m "not slow"

slow: $(VENV)/backends
	$(BIN)/python -m pytest --numprocesses 2 --dist loadfile -m slow

# What is ours in Keras, on the backends that the other targets do not take.
# JAX compiles many programs that run once; they need not be fast.
backends: $(VENV)/backends
	for backend in jax torch; do \
		KERAS_BACKEND=$$backend XLA_FLAGS=--xla_backend_optimization_level=0 \
			$(BIN)/python -m pytest --numprocesses 2 --dist loadfile \
			-m "not slow" tests/cnncourse || exit 1; done

fuzz: $(VENV)/installed
	$(BIN)/python benchmarks/fuzzing.py

lint: $(VENV)/installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/installed
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

build: $(VENV)/installed
	$(BIN)/autograder build

docs: $(VENV)/installed
	$(BIN)/python scripts/make_api_docs.py build/api

$(VENV)/installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/backends: $(VENV)/installed
	if $(BIN)/python -c 'import sys; sys.exit(sys.version_info >= (3, 12))'; then \
		$(BIN)/python -m pip install --quiet $(TORCH); fi
	touch $@

# Writes requirements.lock anew, for every Python and platform that pyproject.toml admits.
lock:
	$(PYTHON) -m pip install --quiet --target $(VENV)/uv uv
	$(VENV)/uv/bin/uv pip compile pyproject.toml --extra instructor --extra audit --group dev --universal \
		--generate-hashes --no-annotate --no-header --quiet --output-file requirements.lock

clean:
	rm -rf $(VENV) demo
