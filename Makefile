# Two commands to begin with: `make html` builds the site into output/, `make test` tests everything.
# Both make what they need under .venv/ first. PYTHON=… names an interpreter, CHROMIUM=… a browser.

VENV := .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python -m
POUCH := $(RUN) pouch
PORT := 8000
# Numbers of entries that `make bench` measures.
SIZES := 1000,10000,100000
# xdist's workers; `make test JOBS=0` runs the tests in one process.
JOBS := auto

# Names come from the environment that is made here, and from nowhere else.
unexport PYTHONPATH PYTHONHOME PIP_TARGET PIP_PREFIX
# Whoever starts Python often, as the tests do, compiles once.
unexport PYTHONDONTWRITEBYTECODE
export PIP_USER := 0

# A virtual environment knows its own address: in a folder that was moved, it is made again.
ifneq ($(shell cat $(VENV)/.place 2>/dev/null),$(CURDIR))
MOVED := moved
endif

.DEFAULT_GOAL := html
.PHONY: html serve publish check test test-quick test-long test-lowest lint format browser audit sbom bench \
        screenshots lock clean distclean help moved

help:  ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 20

# ---- the site ----

html: $(VENV)/.runtime  ## build the site into output/
	$(POUCH) build

serve: $(VENV)/.runtime  ## preview on http://127.0.0.1:8000, rebuilt on every change
	$(POUCH) serve --port $(PORT)

publish: $(VENV)/.runtime  ## build for production, with publishconf.py
	$(POUCH) check
	$(POUCH) build --settings publishconf.py

check: $(VENV)/.runtime  ## list every fault of the content
	$(POUCH) check

# ---- the code ----

test: lint browser  ## lint, then every test but the long ones
	$(RUN) pytest -n $(JOBS) --dist loadgroup -m "not long"

test-quick: $(VENV)/.dev  ## the tests of a minute or two: no browser, nothing slow
	$(RUN) pytest -q -n $(JOBS) --dist loadgroup --ignore tests/browser -m "not slow and not long"

test-long: lint browser  ## everything, with the long tests
	HYPOTHESIS_PROFILE=long $(RUN) pytest -n $(JOBS) --dist loadgroup

test-lowest: $(VENV)/.dev  ## the quick tests against the oldest versions that pyproject.toml admits
	$(RUN) uv venv --quiet --clear --python $(BIN)/python .pouch/lowest
	$(RUN) uv pip install --quiet --python .pouch/lowest --resolution lowest-direct --group dev --editable .
	.pouch/lowest/bin/python -m pytest -q --ignore tests/browser -m "not slow and not long"

lint: $(VENV)/.dev  ## ruff and mypy
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy --strict

format: $(VENV)/.dev  ## fix what ruff can fix, and format the code
	$(RUN) ruff check --fix
	$(RUN) ruff format

browser: $(VENV)/.dev  ## find a Chromium, or install one
	$(RUN) tests.browser.chromium

audit: $(VENV)/.dev browser  ## the slow judges: Nu HTML checker, Lighthouse, feed parsers and readers, mail clients, advisories, patterns (JUDGES=feeds for one)
	$(RUN) audit $(JUDGES)

sbom: $(VENV)/.dev  ## what an installation brings, as CycloneDX: dist/pelican-pouch.cdx.json
	$(RUN) audit.dependencies dist/pelican-pouch.cdx.json

bench: $(VENV)/.dev  ## measure building beside Hugo and stock Pelican (SIZES=1000 for a quick look)
	$(RUN) benchmarks.build --sizes $(SIZES) --publish

screenshots: $(VENV)/.dev browser  ## the pictures in the README
	$(RUN) docs.screenshots

# ---- what the targets above need ----

moved: ;

$(BIN)/python: $(MOVED)
	@for name in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python; do \
	    "$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
	    "$$name" -c 'import ensurepip, venv' >/dev/null 2>&1 || { without="$$without $$name"; continue; }; \
	    echo "making $(VENV) with $$name, $$("$$name" --version)"; \
	    "$$name" -m venv --clear $(VENV) || exit 2; \
	    printf '%s' '$(CURDIR)' > $(VENV)/.place; \
	    exit 0; \
	done; \
	if [ -n "$$without" ]; then \
	    echo "make: found$$without, but without the modules venv and ensurepip; on Debian and Ubuntu: apt-get install python3-venv" >&2; \
	else \
	    echo "make: no Python 3.11 or newer here; install one, or name it: make PYTHON=/path/to/python3" >&2; \
	fi; \
	exit 2

# The lock says what is installed, with a hash for every file; the project itself goes in editable, without
# a build environment of its own (its build tool is in the lock), so that nothing comes without a hash. The lock
# is complete, so pip resolves nothing (pip 23.2 fails on extras that two packages spell in two ways).
define install
$(RUN) pip install --quiet --disable-pip-version-check --require-hashes --no-deps --requirement $(1)
$(RUN) pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
# An installer compiles what it installs; where Python may not store compiled modules, a checkout starts as quickly so.
$(RUN) compileall -q pouch plugins
endef

# What the developer's lock brings is a superset, so with that one in place there is nothing to add.
$(VENV)/.runtime: requirements/runtime.txt pyproject.toml $(MOVED) | $(BIN)/python
	$(call install,requirements/runtime.txt)
	@touch $@

$(VENV)/.dev: requirements/dev.txt pyproject.toml $(MOVED) | $(BIN)/python
	$(call install,requirements/dev.txt)
	@touch $(VENV)/.runtime $@

COMPILE := $(RUN) uv pip compile --quiet --universal --strip-extras --python-version 3.11 --generate-hashes \
           --no-emit-index-url --custom-compile-command "make lock"
LOCK := $(COMPILE) pyproject.toml

lock: $(VENV)/.dev  ## update requirements/*.txt to the newest versions that pyproject.toml allows
	$(LOCK) --upgrade --group build --output-file requirements/runtime.txt
	$(LOCK) --upgrade --group dev --constraint requirements/runtime.txt --output-file requirements/dev.txt
	$(COMPILE) --upgrade --group audit --output-file requirements/audit.txt

clean:  ## remove what was built; the environment stays
	rm -rf output .pouch dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis

distclean: clean  ## remove the environment too
	rm -rf $(VENV)
