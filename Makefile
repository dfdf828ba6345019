# Two commands: `make demo` solves a real site and writes its reports, `make test` runs the tests.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test lint docs gallery benchmark setup

# Editable, so that a change of the code needs no new setup; a change of pyproject.toml does.
setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml scripts/link.py
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --editable ".[serve]" --group dev
	$(BIN)/python scripts/link.py
	touch $@

demo: setup
	$(BIN)/gigasite solve abu_dhabi

test: setup
	$(BIN)/python -m pytest -n auto -m "not slow"

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/codespell
	$(BIN)/mypy .link/gigasite
	$(BIN)/lint-imports
	$(BIN)/python scripts/docs.py --check

docs: setup
	$(BIN)/python scripts/docs.py

gallery: setup
	$(BIN)/python scripts/gallery.py

benchmark: setup
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/cooling.py
