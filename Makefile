# Everything a person or a machine does with this checkout. `make help` lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PYTHON ?= python3
ARGS ?=
DATA ?= ../shared/data
BIN := .venv/bin
READY := @PYTHON="$(PYTHON)" bash tools/bootstrap.sh
COMPILE := $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--generate-hashes --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

.PHONY: help run test lint hard bench snapshot docs lock clean

help:  ## list these targets
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

run:  ## produce the Durham report from the embedded figures, offline (more options: make run ARGS="--seed 7")
	$(READY) run
	@$(BIN)/gapengine run $(ARGS)

test:  ## run all quick tests on every core: pytest, and in it ruff, mypy, the import rule and the built wheel
	$(READY) dev
	@$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile $(ARGS)

lint:  ## only the style: ruff, mypy --strict and the import rule
	$(READY) dev
	@$(BIN)/ruff check && $(BIN)/ruff format --check && $(BIN)/mypy && $(BIN)/lint-imports

hard:  ## run the long checks
	$(READY) dev
	@$(BIN)/python -m pytest -m hard $(ARGS)

bench:  ## print the benchmark of a whole run as JSON (another one: make bench ARGS=staffing)
	$(READY) run
	@$(BIN)/gapengine bench $(or $(ARGS),run) --json

snapshot:  ## rebuild the embedded snapshot from the files in DATA=../shared/data
	$(READY) dev
	@$(BIN)/python -m tools.snapshot --data "$(DATA)" --out gapengine/data/snapshot

docs:  ## rewrite the pages of docs/ that come from the code
	$(READY) dev
	@$(BIN)/python -m tools.tables_page > docs/tables.md
	@$(BIN)/python -m tools.delivery_page > docs/delivery.md
	@$(BIN)/python -m tools.announcements_page > docs/announcements.md
	@$(BIN)/python -m tools.sources_page > docs/sources.md

lock:  ## choose the newest allowed version of every dependency and write both locks
	$(READY) dev
	@$(BIN)/python -m pip install --quiet uv
	@$(COMPILE) --upgrade --group build --output-file requirements.lock
	@$(COMPILE) --upgrade --group dev --constraint requirements.lock --output-file requirements-dev.lock

clean:  ## remove the environment and every cache; runs/ stays
	@rm -rf .venv dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
