# make site · make serve · make test · make test-all · make check · make offline · make publish · make bench. Each sets up what it needs in .venv/ first.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
TOOLS := node_modules/.ready
export NO_MKDOCS_2_WARNING := 1
export PYTHONPATH := hooks

.PHONY: site serve check offline publish test test-all browser browser-tools bench lock format clean

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

# The whole site as one ZIP that opens from a folder, without a server or a network.
offline: $(READY)
	rm -rf .build/offline
	$(BIN)/mkdocs build --strict -f offline.yml --site-dir .build/offline
	@$(BIN)/python -m evidence pack .build/offline dist/site-offline.zip

# Refuses until data/publisher.yml says who publishes the site, how to reach them and where it will be.
publish: $(READY)
	@$(BIN)/python -m evidence publish
	$(MAKE) site
	@echo "site/ is ready to be copied to the address in data/publisher.yml, with its file _headers."

# The tests that need no browser.
test: $(READY)
	$(BIN)/ruff format --check hooks tests
	$(BIN)/ruff check hooks tests
	$(BIN)/mypy
	$(BIN)/pytest -m "not browser"

# Each kind of page in a browser; with PAGES=--all-pages, every page. To become part of `make test` once a whole run has been seen to pass.
browser: $(READY) $(TOOLS)
	$(BIN)/pytest -m browser -n 2 --dist worksteal tests/browser $(PAGES)

# Everything, with every page in the browser.
test-all: test
	$(MAKE) browser PAGES=--all-pages

browser-tools: $(TOOLS)

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

$(TOOLS): package-lock.json tests/browser/install.sh
	tests/browser/install.sh
	touch $(TOOLS)

clean:
	rm -rf .venv node_modules .build .cache site dist .pytest_cache .mypy_cache .ruff_cache
