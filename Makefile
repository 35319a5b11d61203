# make site · make serve · make test · make test-all · make tested · make check · make offline · make publish · make release · make linkcheck · make bench. Each sets up what it needs in .venv/ first.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/.ready
TOOLS := node_modules/.ready
# Two processes: all that is asked of one page goes to one of them, and so do all tests that need no browser.
SPREAD := -n 2
export NO_MKDOCS_2_WARNING := 1
export PYTHONPATH := hooks

.PHONY: site serve check offline publish release linkcheck test test-all tested browser browser-tools bench lock format clean

# Not with --quiet: MkDocs then counts no warnings, and --strict lets everything through.
# Built beside the old site and swapped in at the end: a build that fails leaves site/ as it was.
# The copy for reading offline comes first, as the site offers it with its size.
site: offline
	rm -rf .build/site
	RELEASES=releases OFFLINE_COPY=dist/site-offline.zip $(BIN)/mkdocs build --strict --site-dir .build/site
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

# Tests all links to other websites and writes what it found into data/links.yml; it needs a network and takes some minutes.
linkcheck: $(READY)
	$(BIN)/python -m link_test

# Keeps a released version as it was, built from its git tag, so that its address v/1.0.0/ lasts: make release VERSION=1.0.0
release: $(READY)
	@$(BIN)/python -m keep_version $(VERSION)

# Refuses until data/publisher.yml says who publishes the site, how to reach them and where it will be.
publish: $(READY)
	@$(BIN)/python -m evidence publish
	@$(BIN)/python -m keep_version --all
	$(MAKE) site
	@echo "site/ is ready to be copied to the address in data/publisher.yml, with its file _headers."

# Format, lint, strict types and all tests; the browser tests open one page of each kind.
test: $(READY) $(TOOLS)
	$(BIN)/ruff format --check hooks tests
	$(BIN)/ruff check hooks tests
	$(BIN)/mypy
	$(BIN)/pytest $(SPREAD) $(EACH)

# The same, with every page in the browser: what CI runs.
test-all:
	$(MAKE) test EACH="--all-pages $(EACH)"

# The same, and what all tests showed goes into the accessibility statement.
tested:
	$(MAKE) test-all EACH="--record data/tested.yml"
	$(MAKE) check

# The browser tests alone, for one page of each kind; with EACH=--all-pages, for every page.
browser: $(READY) $(TOOLS)
	$(BIN)/pytest -m browser $(SPREAD) tests/browser $(EACH)

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
