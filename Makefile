# Everything is built into .venv/. What was built is remembered by the content that it was built
# from, so a second call does nothing.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
STAMPS := .venv/stamps
export PIP_DISABLE_PIP_VERSION_CHECK := 1

sum = $(shell cat $(1) /dev/null 2>/dev/null | cksum | tr ' ' '-')
MODEL_INPUTS := requirements.txt $(sort $(shell find intents -name '*.py' -not -path '*/evaluation/*') \
	$(shell find locales -name '*.toml' -o -path '*/utterances/*' -type f))

RUNTIME := $(STAMPS)/runtime-$(call sum,requirements.txt)
TOOLS := $(STAMPS)/tools-$(call sum,requirements.txt requirements-dev.txt)
MODEL := $(STAMPS)/model-$(call sum,$(MODEL_INPUTS))
.PHONY: help setup run test lint bench nlu catalogues clean

help:
	@echo "make setup   build everything into .venv/"
	@echo "make run     the demo server, on http://127.0.0.1:8000/lab"
	@echo "make test    all tests"
	@echo "make lint    style, types, arrows between packages, catalogues"
	@echo "make bench   how fast it is, beside its yardsticks (needs PostgreSQL; BENCH=growth for a grown database)"
	@echo "make nlu     how well messages are understood; writes the tables of docs/nlu.md"
	@echo "make clean   remove what was built; data in var/ stays"

setup: $(RUNTIME) catalogues $(MODEL)

run: setup
	$(BIN)/flask --app wsgi demo

test: setup $(TOOLS)
	$(BIN)/python -m pytest -n auto --dist worksteal

lint: setup $(TOOLS)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m scripts.catalogues check

bench: setup $(TOOLS)
	$(BIN)/python -m scripts.bench $(BENCH)

nlu: setup
	$(BIN)/python -m intents.evaluate --document docs/nlu.md

catalogues: $(RUNTIME)
	@$(BIN)/python -m scripts.catalogues compile

clean:
	rm -rf .venv .mypy_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find locales -name '*.mo' -delete

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Sokoni needs Python 3.11 or newer: install it, or make PYTHON=/path/to/it"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "Python's venv module is missing: on Debian, apt-get install python3-venv"; exit 1; }

$(RUNTIME): | $(BIN)/python
	@echo "Installing what the server needs (about a minute the first time) ..."
	@$(BIN)/python -m pip install --quiet -r requirements.txt
	@mkdir -p $(STAMPS) && rm -f $(STAMPS)/runtime-* && touch $@

$(TOOLS): | $(RUNTIME)
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install --quiet -r requirements-dev.txt
	@mkdir -p $(STAMPS) && rm -f $(STAMPS)/tools-* && touch $@

$(MODEL): | $(RUNTIME)
	@echo "Training the language model ..."
	@$(BIN)/python -m intents.train
	@mkdir -p $(STAMPS) && rm -f $(STAMPS)/model-* && touch $@
