# Each target makes its own .venv from python3 and constraints.txt; nothing else needs to be there.
PYTHON ?= python3
BIN := .venv/bin
DATA ?= $(CURDIR)/data
export NIANBAO_DATA := $(DATA)
export VIRTUAL_ENV := $(CURDIR)/.venv
# A run starts many processes: each would compile Scrapy or Dagster again.
unexport PYTHONDONTWRITEBYTECODE
SCRATCH_WAREHOUSE = NIANBAO_WAREHOUSE=sqlite:///$(CURDIR)/.venv/scratch.sqlite

.PHONY: demo test check dev bench constraints clean

demo: .venv/ready ## a practice province, crawled, read, checked and loaded
	$(BIN)/nianbao demo

test: .venv/ready ## the test suite
	$(BIN)/pytest -n auto

check: .venv/ready ## what CI runs: lint, format, types, import rules, tests, definitions, migrations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/nianbao doctor
	$(MAKE) --no-print-directory test
	$(BIN)/dg check toml
	$(BIN)/dg check defs
	rm -f .venv/scratch.sqlite
	$(SCRATCH_WAREHOUSE) $(BIN)/alembic upgrade head
	$(SCRATCH_WAREHOUSE) $(BIN)/alembic check

dev: .venv/ready ## the Dagster UI on the practice province
	$(BIN)/nianbao dev

bench: .venv/ready ## speed, printed beside what it is compared with
	$(BIN)/pytest -s tests/bench_*.py

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --constraint constraints.txt uv
	$(BIN)/uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --group dev --editable .
	touch .venv/ready

constraints: .venv/ready ## constraints.txt anew from the ranges of pyproject.toml
	$(BIN)/uv pip compile --quiet --no-header --no-annotate --no-emit-index-url --universal \
		--python-version 3.11 --all-extras --group dev --upgrade pyproject.toml --output-file constraints.txt

clean: ## forget the environment; data stays
	rm -rf .venv
