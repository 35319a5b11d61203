# `make help` names all targets. Each sets up what it needs in .venv/ first.

PYTHON ?= python3
# A Python that is not there is told in one line.
HAVE_PYTHON = command -v "$(PYTHON)" > /dev/null || { echo "there is no program '$(PYTHON)' here; name a Python of 3.11 or newer, as in: make PYTHON=python3.12 ..." >&2; exit 1; };
BIN := .venv/bin
READY := environment
TESTS := test-environment
EVIDENCE = $(BIN)/python -m evidence_cli
TOOLS := node_modules/.ready
# The tools of `make audit` and `make hooks-on` bring many others, so they have an environment of their own.
AUDIT := .venv-audit/bin
LOCKS = requirements.lock requirements-sources.lock requirements-test.lock $(wildcard supply/*.lock tests/*/*.lock)
# Two processes: all that is asked of one page goes to one of them, and so do all tests that need no browser.
SPREAD := -n 2

.PHONY: environment sources-environment test-environment audit-environment check-all fuzz site changed serve show check import offline publish publish-back release sources-check help lint test test-quick test-content test-all tested browser browser-tools bench same load server-rules lock lock-engines new-review engine format schemas docs pictures exports-table styles-table audit audit-lock hooks-on clean

# What can be asked for: each target with the first line of what stands above it.
help:
	@awk '/^# / { if (!words) words = substr($$0, 3) } /^[a-z-]+:/ { if (words) printf "%-16s %s\n", substr($$0, 1, index($$0, ":") - 1), words } /^$$/ { words = "" }' Makefile

# Builds the site into site/: beside the old site, with its copy for reading offline, and put in its place in one step: a build that fails leaves site/ as it was.
site: $(READY)
	@$(EVIDENCE) build
	@echo "To see it: make show"

# Says which pages differ from those of an earlier commit, and puts the site into dist/changed/ as files that open without a server: make changed AGAINST=main
changed: $(READY)
	@$(EVIDENCE) changed "$(or $(AGAINST),main)" --copy dist/changed

# Shows the site on this machine, and again after each change; at another port than 8000 with PORT=8001.
serve: $(READY)
	@$(EVIDENCE) serve $(if $(PORT),--port "$(PORT)")

# Shows what `make site` or `make publish` has built, as it is; DIR= names another folder than site/, PORT= another port.
show: $(READY)
	@$(EVIDENCE) show $(if $(DIR),"$(DIR)") $(if $(PORT),--port "$(PORT)")

# Names every problem, without a build. ON=github or ON=gitlab also tells who shows a proposed change, so that each stands beside its line.
check: $(READY)
	@$(EVIDENCE) check $(if $(ON),--on $(ON))

# The same, with a line for each problem even where thousands are alike, as in a library that has just been put in.
check-all: $(READY)
	@$(EVIDENCE) check --all

# Takes the works of a library (BibTeX, biblatex, RIS, CSL-JSON, EndNote's XML) into bibliography.bib: it shows what changes, and asks. make import FILE=library.bib
import: $(READY)
	@$(EVIDENCE) import "$(FILE)"

# The whole site as one ZIP that opens from a folder, without a server or a network.
offline: $(READY)
	@$(EVIDENCE) offline

# Asks Crossref about each DOI, tests all web addresses, and writes what it found into data/sources-checked.yml; it needs a network and takes some minutes.
# With NEWS=file, what was not known before is written there, too.
sources-check: sources-environment
	@$(EVIDENCE) sources-check $(if $(NEWS),--news "$(NEWS)")

# Keeps a released version as it was, built from its git tag, so that its address v/1.0.0/ lasts: make release VERSION=1.0.0
release: $(READY)
	@$(EVIDENCE) release $(VERSION)

# Refuses until data/publisher.yml says who publishes the site, how to reach them and where it will be.
# With DIR=/srv/www/site it goes into that folder, in one step, from where a web server shows it; without, into site/, to be copied by hand.
publish: $(READY)
	@$(EVIDENCE) publish $(if $(DIR),"$(DIR)")

# Puts back the site that was in the folder before the last `make publish`, in one step; done again, the newer one: make publish-back DIR=/srv/www/site
publish-back: $(READY)
	@$(EVIDENCE) publish-back $(if $(DIR),"$(DIR)")

# What a published site wants of its server, in the words of nginx or Apache: make -s server-rules DIR=/srv/www/site SERVER=nginx > file
server-rules: $(READY)
	@$(EVIDENCE) server-rules "$(or $(DIR),site)" --server $(or $(SERVER),nginx)

# Format, lint, strict types, and the arrows between the rooms of the engine.
lint: $(TESTS)
	$(BIN)/ruff format --check hooks tests
	$(BIN)/ruff check hooks tests
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# Format, lint, strict types and all tests; the browser tests open one page of each kind.
test: lint $(TOOLS)
	$(BIN)/pytest $(SPREAD) $(EACH)

# What needs no browser, server, Java, Node or network, and no long time: it runs anywhere, and says what it has left out.
test-quick: lint
	$(BIN)/pytest --quick $(SPREAD) $(EACH)

# What a change to the content alone can break: the tests of what pages and data hold, and of the site that is built from them. No browser, Java or Node.
CONTENT = tests/source tests/wording tests/site/test_real_data.py tests/site/test_site.py tests/site/test_landmarks.py tests/papers/test_packs.py
test-content: $(TESTS)
	$(BIN)/pytest --quick $(CONTENT) $(EACH)

# All tests, with every page in the browser.
test-all:
	$(MAKE) test EACH="--all-pages $(EACH)"

# The tests that the accessibility statement tells of, on every page; what they showed goes into it.
tested: $(TESTS) $(TOOLS)
	$(BIN)/pytest $(SPREAD) --all-pages -m claim --record=data/tested.yml
	$(MAKE) check

# The browser tests alone, for one page of each kind; with EACH=--all-pages, for every page.
browser: $(TESTS) $(TOOLS)
	$(BIN)/pytest -m browser $(SPREAD) tests/browser $(EACH)

# Installs what the browser tests need: Chromium, Java, Node, web servers.
browser-tools: $(TOOLS)

# Measures building, serving and papers at three sizes, beside plain MkDocs, as ratios within one run.
bench: $(TESTS)
	$(BIN)/python tests/bench.py $(BENCH)

# Does a change leave what readers get as it was? Builds everything from BASE and from the working tree, and compares every file: make same BASE=main
same: $(TESTS)
	@$(BIN)/python tests/same.py $(or $(BASE),HEAD) $(SAME)

# How the site behaves and what it bears behind nginx as hosting/nginx.conf sets it up; figures need a quiet machine.
load: $(TESTS) $(TOOLS)
	$(BIN)/pytest -q tests/publish/test_hosting.py
	mkdir -p .build && $(EVIDENCE) build .build/load --ours --compressed
	$(BIN)/python tests/load.py --site .build/load $(LOAD)

# Throws mangled input at reading, escaping and exports, FUZZ_SECONDS for each of its targets, with tools of its own in .venv-fuzz/.
fuzz: $(TESTS)
	$(BIN)/python tests/fuzz/run.py

# Formats the code, and mends what the linter can mend.
format: $(TESTS)
	$(BIN)/ruff format hooks tests
	$(BIN)/ruff check --fix hooks tests

# Remakes requirements.lock, requirements-sources.lock and requirements-test.lock from pyproject.toml, for every platform and Python from 3.11 on.
COMPILE = $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
lock: $(TESTS)
	$(COMPILE) pyproject.toml -o requirements.lock $(LOCK)
	$(COMPILE) --constraint requirements.lock --group pyproject.toml:sources -o requirements-sources.lock $(LOCK)
	$(COMPILE) --constraint requirements.lock --constraint requirements-sources.lock --group pyproject.toml:test -o requirements-test.lock $(LOCK)

# Remakes the lock files of the other engines that the site is tested with.
lock-engines: $(TESTS)
	$(COMPILE) --constraint requirements.lock tests/engines/properdocs.in -o tests/engines/properdocs.lock $(LOCK)
	$(COMPILE) --override tests/engines/zensical-without.txt tests/engines/zensical.in -o tests/engines/zensical.lock $(LOCK)

# Writes the beginnings of another review, with the engine as one file, into a new folder; it asks what no option says:
# make new-review DIR=../our-review TITLE="Sleep and school times" AREAS=country/countries MEETINGS=none LANGUAGE=en-GB
SAID = $(if $(filter command,$(origin $(1))),--$(2) "$$$(1)")
new-review:
	@$(HAVE_PYTHON) PYTHONPATH=hooks $(PYTHON) -m evidence_cli new "$(DIR)" $(call SAID,TITLE,title) $(call SAID,AREAS,areas) $(call SAID,MEETINGS,meetings) $(call SAID,LANGUAGE,language)

# The engine as one file, dist/*.whl, which reviews hold in vendor/ and update from; the same bytes from the same sources.
engine:
	@$(HAVE_PYTHON) PYTHONPATH=hooks $(PYTHON) -m evidence_cli engine

# The environment in .venv/, as requirements.lock pins it: made beside the one in use, and put in its place once it is whole.
environment:
	@$(HAVE_PYTHON) $(PYTHON) -I hooks/evidence_publish/environment.py .venv requirements.lock --project .

# The same, with what asks others about sources.
sources-environment:
	@$(HAVE_PYTHON) $(PYTHON) -I hooks/evidence_publish/environment.py .venv requirements.lock requirements-sources.lock --project .

# The same, with what tests need on top.
test-environment:
	@$(HAVE_PYTHON) $(PYTHON) -I hooks/evidence_publish/environment.py .venv requirements.lock requirements-test.lock --project .

$(TOOLS): package-lock.json tests/browser/install.sh
	tests/browser/install.sh
	touch $(TOOLS)

# Writes schemas/ anew from the classes that data files are held to, for the programs that editors type in.
schemas: $(READY)
	@$(EVIDENCE) schemas $(SCHEMAS)

# Writes the documents that are made from the registries: directives, fields and rules in docs-dev/.
docs: $(READY)
	@$(EVIDENCE) docs

# Takes the pictures of docs-dev/editing.md anew: does what the guide says in a copy of the project, builds it, and opens it in Chromium.
pictures: $(TESTS) $(TOOLS)
	$(BIN)/python tests/pictures.py

# Writes tests/exports.md anew, the table of what libraries read from the exports of each work, and that of styles. CI makes both of each change to main.
exports-table: $(TESTS) $(TOOLS) styles-table
	$(BIN)/python tests/exports_table.py

# Writes tests/styles.md anew, the table of each work in each style beside what two other processors make of it; asks them about what is new alone.
styles-table: $(TESTS) $(TOOLS)
	$(BIN)/python tests/styles_table.py

# What the project takes from others: lists of packages (SBOM), licences, known flaws, into dist/audit/. The last two ask services on the network; a
# flaw that cannot do harm here is passed over with AUDIT_IGNORE="--ignore-vuln GHSA-xxxx-xxxx-xxxx", beside its reason and the day to look again.
AUDIT_IGNORE ?=
audit: $(TESTS) audit-environment $(TOOLS)
	mkdir -p dist/audit
	$(AUDIT)/cyclonedx-py requirements --output-reproducible --pyproject pyproject.toml requirements.lock -o dist/audit/sbom-python.cdx.json
	npm sbom --sbom-format cyclonedx --package-lock-only > dist/audit/sbom-npm.cdx.json
	$(AUDIT)/pip-licenses --python=$(BIN)/python --output-file dist/audit/licences.md
	for lock in $(LOCKS); do $(AUDIT)/pip-audit --strict --disable-pip --require-hashes --requirement $$lock $(AUDIT_IGNORE) || exit 1; done
	npm audit --package-lock-only

# Remakes supply/audit.lock from supply/audit.in.
audit-lock: $(TESTS)
	$(COMPILE) supply/audit.in -o supply/audit.lock $(LOCK)

audit-environment:
	@$(HAVE_PYTHON) $(PYTHON) -I hooks/evidence_publish/environment.py .venv-audit supply/audit.lock

# From now on git checks what is committed, as .pre-commit-config.yaml says.
hooks-on: $(TESTS) audit-environment
	$(AUDIT)/pre-commit install

# Takes away all that can be made again.
clean:
	rm -rf .venv* .fuzz node_modules .build .cache site dist .pytest_cache .mypy_cache .ruff_cache
