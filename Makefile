# What a fresh machine needs: Python >= 3.11 with pip, and make. Everything else comes into .venv.
#   make demo    set up, then the whole way on the sample report
#   make test    set up, then the tests
#   make check   style, types, layers, lock, the package (what CI runs besides the tests)
#   make bench   speed and quality, measured
#   make docs    the documentation as a site (make reference: its pages about commands and library, after a change of them)
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
SAMPLE := maps/deir-ezzor-2017-09-05
# What finds faults of access on the page; it comes from npm, where there is npm, and stays outside the checkout.
AXE := axe-core@4.14.1
AXE_HOME := $(or $(TMPDIR),/tmp)/tracker-$(AXE)
export AXE_CORE ?= $(AXE_HOME)/node_modules/axe-core/axe.min.js

.PHONY: demo test check bench browser qgis postgis notebooks reference docs maps lock clean

demo: $(VENV)/.user
	$(BIN)/tracker run $(SAMPLE)/report.md --out out/demo

test: $(VENV)/.dev
	$(BIN)/python -m pytest -m "not browser and not qgis and not postgis and not notebooks"

# The checks that need Debian's chromium, QGIS and PostGIS; .ci/run installs those.
browser: $(VENV)/.dev
	@[ -f "$(AXE_CORE)" ] || ! command -v npm >/dev/null || \
	  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$(AXE_HOME)" $(AXE) >/dev/null || \
	  echo "axe-core can't be fetched: its tests are skipped" >&2
	$(BIN)/python -m pytest -m browser -rs
qgis: $(VENV)/.dev
	$(BIN)/python -m pytest -m qgis
postgis: $(VENV)/.dev
	$(BIN)/python -m pytest -m postgis

# Documentation (site/, for any browser, without a network) and notebooks need a few packages more.
reference: $(VENV)/.dev
	$(BIN)/python docs/reference_pages.py
docs: $(VENV)/.site
	$(BIN)/python docs/reference_pages.py --check
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
notebooks: $(VENV)/.site
	$(BIN)/python -m pytest -m notebooks

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/tracker gazetteer check
	$(BIN)/python maps/render.py --check
	$(BIN)/python .ci/package.py

bench: $(VENV)/.dev
	$(BIN)/python -m benchmarks

# Render the examples again; their GeoJSON must not change unnoticed.
maps: $(VENV)/.user
	$(BIN)/python maps/render.py

# Resolve the locked versions anew (needs uv, which comes from PyPI).
lock: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet "uv>=0.5"
	$(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes --extra en \
	  --python-version 3.11 --no-header --output-file requirements/user.txt
	$(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes --all-extras --group dev \
	  --python-version 3.11 --no-header --output-file requirements/dev.txt
	$(BIN)/uv pip compile pyproject.toml --quiet --universal --generate-hashes --all-extras --group dev --group site \
	  --constraint requirements/dev.txt --python-version 3.11 --no-header --output-file requirements/site.txt

clean:
	rm -rf $(VENV) out site build dist .mypy_cache .pytest_cache .ruff_cache

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "tracker needs Python 3.11 or later; $(PYTHON) is older. Try: make PYTHON=python3.12 demo" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV) || $(PYTHON) -m virtualenv $(VENV) || \
	  { echo "a virtual environment can't be made: install python3-venv (Debian) or: pip install virtualenv" >&2; exit 2; }
	@touch $@

$(VENV)/.user: $(VENV)/.made requirements/user.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/user.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.made requirements/dev.txt pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.user

$(VENV)/.site: $(VENV)/.dev requirements/site.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/site.txt
	@touch $@
