# make site · make serve · make test · make check · make bench. Each sets up what it needs in .venv/ first.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
export NO_MKDOCS_2_WARNING := 1
export PYTHONPATH := hooks

.PHONY: site serve check test bench lock format clean

# Not with --quiet: MkDocs then counts no warnings, and --strict lets everything through.
# Built beside the old site and swapped in at the end: a build that fails leaves site/ as it was.
site: $(READY)
	rm -rf .build/site
	$(BIN)/mkdocs build --strict --site-dir .build/site
	rm -rf .build/old && if [ -d site ]; then mv site .build/old; fi
	mv .build/site site && rm -rf .build/old
	@echo "The site is in site/; open site/index.html through a web server, for example with: make serve"

serve: $(READY)
	$(BIN)/mkdocs serve --strict

check: $(READY)
	@$(BIN)/python -m evidence check

test: $(READY)
	$(BIN)/ruff format --check hooks tests
	$(BIN)/ruff check hooks tests
	$(BIN)/mypy
	$(BIN)/pytest

bench: $(READY)
	$(BIN)/python tests/bench.py $(BENCH)

format: $(READY)
	$(BIN)/ruff format hooks tests
	$(BIN)/ruff check --fix hooks tests

# Remakes requirements.lock from pyproject.toml, for every platform and Python from 3.11 on.
lock: $(READY)
	$(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --group dev pyproject.toml -o requirements.lock $(LOCK)

$(READY): requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	touch $(READY)

clean:
	rm -rf .venv .build .cache site .pytest_cache .mypy_cache .ruff_cache
