# Two commands: `make demo` runs the main job, `make test` passes the tests. Both set up what they need.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
ARGS ?=

.PHONY: help demo test fast postgres check install accuracy weaving bench gathering readers wall weight fuzz shots peers lock clean

help:
	@echo "make demo      set up, then replay the demonstration stories and serve the live page"
	@echo "make test      set up, then lint, type-check and test"
	@echo "make fast      the fast tests alone (no browser)"
	@echo "make postgres  the tests that touch the store, on PostgreSQL where it is installed"
	@echo "make accuracy  score the reader on golden dispatches and public corpora"
	@echo "make weaving   score the weaver on shootings, copies, revisions and alerts, and time it"
	@echo "make bench     the reader's speed and memory"
	@echo "make gathering five hundred feeds polled for ten simulated minutes; from retrieval to the live page"
	@echo "make readers   ten thousand open tabs on one process: memory, delivery, a storm, slow ones"
	@echo "make wall      the desk's pages on a story of 100,000 claims"
	@echo "make weight    what a reader has to fetch, in bytes, on the demonstration's pages"
	@echo "make fuzz      read damaged texts for ten minutes and tell what breaks"
	@echo "make shots     a picture of every screen into shots/: phone and desktop, light and dark"
	@echo "make peers     install other systems, which both set beside ours"
	@echo "make install   the program alone: .venv/bin/sourcier"

install: $(VENV)/.installed

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Sourcier needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.12 ..."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "No virtual environment could be made: on Debian, install python3-venv."; exit 1; }

$(VENV)/.installed: $(BIN)/python pyproject.toml requirements.txt
	@echo "Installing Sourcier into $(VENV) (a minute, once)"
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@echo "Indexing place names (half a minute, once)"
	@$(BIN)/python -c "from sourcier.read.gazetteer import gazetteer; gazetteer()"
	@touch $@

$(VENV)/.dev: $(VENV)/.installed requirements-dev.txt
	@echo "Installing what the tests need"
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@

demo: $(VENV)/.installed
	@exec $(BIN)/sourcier demo $(ARGS)

test: check
	$(BIN)/pytest -n 2 --dist loadscope --hypothesis-profile=thorough tests $(ARGS)
	$(BIN)/python -m tests.postgres -n 2 --dist loadscope -m "not slow" tests/desk tests/run

fast: $(VENV)/.dev
	$(BIN)/pytest -n 2 --dist loadscope -m "not browser and not slow" tests $(ARGS)

postgres: $(VENV)/.dev
	$(BIN)/python -m tests.postgres -n 2 --dist loadscope tests/desk tests/run $(ARGS)

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

accuracy: $(VENV)/.dev
	$(BIN)/python -m bench.accuracy $(ARGS)

weaving: $(VENV)/.dev
	$(BIN)/python -m bench.weaving $(ARGS)

bench: $(VENV)/.dev
	$(BIN)/python -m bench.speed $(ARGS)

gathering: $(VENV)/.dev
	$(BIN)/python -m bench.gathering.polled $(ARGS)
	$(BIN)/python -m bench.gathering.latency

readers: $(VENV)/.dev
	$(BIN)/python -m bench.readers $(or $(ARGS),10000)

wall: $(VENV)/.dev
	$(BIN)/python -m bench.wall

weight: $(VENV)/.dev
	$(BIN)/python -m bench.weight

fuzz: $(VENV)/.dev
	$(BIN)/python -m bench.fuzz $(ARGS)

shots: $(VENV)/.dev
	$(BIN)/python scripts/shots.py $(ARGS)

# Versions are pinned in pyproject.toml and not locked. Into another folder than .venv:
# `make peers accuracy VENV=.venv-peers`.
peers: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-build-isolation --editable ".[peers]"

# Needs uv. Hashes and versions only: no index and no host is written.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header pyproject.toml build-requirements.in -o requirements.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --extra dev --extra postgres --extra telegram -c requirements.txt pyproject.toml build-requirements.in -o requirements-dev.txt

clean:
	rm -rf .venv .venv-peers build dist
