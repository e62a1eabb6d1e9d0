# Every command a person needs. `make help` lists them.
.DEFAULT_GOAL := help
.PHONY: help demo test test-slow check format bench bench-trial bench-evidence bench-heart lock shots clean

PYTHON ?= python3
BIN := .venv/bin

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: .venv/.run node_modules/.done ## Practice programme on http://127.0.0.1:8000 (keeps its data between starts)
	@$(BIN)/cordula demo

test: .venv/.dev node_modules/.done ## Everything: the checks, then every test, the browser's included
	@tools/ensure-chromium
	@$(MAKE) --no-print-directory check
	$(BIN)/pytest -n 2 --dist loadgroup

test-slow: .venv/.dev node_modules/.done ## The tests that take minutes
	@tools/ensure-chromium
	$(BIN)/pytest -m slow

check: .venv/.dev ## Lint, types, the staircase, the order of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy src
	$(BIN)/lint-imports
	$(BIN)/pytest tests/house -p no:cacheprovider

format: .venv/.dev ## Put the source in its one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/.dev ## Speed, as ratios measured in one run
	$(BIN)/python -m benchmarks

bench-trial: .venv-bench/.made ## The trial engine against its peers; R's are timed where R and its packages are installed
	BENCH_PYTHON=.venv-bench/bin/python .venv-bench/bin/python -m benchmarks.trial

bench-evidence: .venv-bench/.made ## The pooling of studies against its peers
	BENCH_PYTHON=.venv-bench/bin/python .venv-bench/bin/python -m benchmarks.evidence

bench-heart: .venv-bench/.made ## The circulation against its peers
	.venv-bench/bin/python -m benchmarks.heart

shots: .venv/.dev node_modules/.done ## A picture of each page of the running demo, to look at
	@tools/ensure-chromium
	$(BIN)/python tools/take-shots

lock: .venv/.dev ## Choose versions anew and write the pinned lists
	$(BIN)/uv pip compile -q --upgrade $(LOCK) requirements/run.in requirements/build.in -o requirements/run.txt
	$(BIN)/uv pip compile -q --upgrade $(LOCK) requirements/run.in requirements/build.in requirements/dev.in -o requirements/dev.txt
	$(BIN)/uv pip compile -q --upgrade $(LOCK) requirements/run.in requirements/build.in requirements/bench.in -o requirements/bench.txt

LOCK := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

clean: ## Remove the environment and caches; never the data
	rm -rf .venv .venv-bench node_modules .mypy_cache .ruff_cache .pytest_cache
	find src -name "*.nb[ci]" -delete

.venv/.run: requirements/run.txt pyproject.toml
	@tools/make-environment $(PYTHON) requirements/run.txt
	@touch $@

.venv/.dev: requirements/dev.txt pyproject.toml
	@tools/make-environment $(PYTHON) requirements/dev.txt
	@touch $@ .venv/.run

# The peers of the benchmarks have an environment of their own: Cordula never needs them.
.venv-bench/.made: requirements/bench.txt pyproject.toml
	@tools/make-environment $(PYTHON) requirements/bench.txt .venv-bench
	@touch $@

# Fonts come from npm, pinned by package-lock.json; where Node is missing, from a wheel.
node_modules/.done: package-lock.json | .venv/.run
	@tools/fetch-fonts
	@touch $@
