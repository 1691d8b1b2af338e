# Every door of the house. `make help` lists them.

HOUSEHOLDS ?= 500
SEED ?= 1
MONTH ?= 2024-03
ROUNDS ?= 200
# make lock LOCK_OPTIONS=--upgrade takes newer releases
LOCK_OPTIONS ?=
# make up FRESH=1 deletes what is under var/up first
FRESH ?=

BIN := .venv/bin
READY := .venv/.ready
# No index address may enter a lock file: every site installs from the mirror it trusts.
LOCK := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
	--no-build-isolation --no-header --no-emit-index-url --no-emit-find-links \
	--no-emit-trusted-host --no-emit-options

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help setup demo up down test check soak bench lock clean servers

help: ## list every door
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

setup: $(READY) ## Python packages into .venv, exactly the locked ones

$(READY): requirements/dev.txt pyproject.toml deploy/install/python.sh deploy/install/apt.sh
	@deploy/install/python.sh
	@touch $@

# By the environment, so that no value is read as shell text.
demo: export HOUSEHOLDS := $(HOUSEHOLDS)
demo: export SEED := $(SEED)
demo: export MONTH := $(MONTH)
demo: $(READY) ## one month of a district, into var/demo (HOUSEHOLDS=500 SEED=1 MONTH=2024-03)
	@$(BIN)/yingbao demo --households "$$HOUSEHOLDS" --seed "$$SEED" --month "$$MONTH"

servers: $(READY)
	@deploy/install/postgres.sh
	@deploy/install/rabbitmq.sh

up: servers ## a distributed site on this machine, under var/up (FRESH=1 begins anew)
	@$(BIN)/python -m deploy.native up $(if $(filter 1,$(FRESH)),--fresh)

down: ## end what `make up` started; its data stays
	@$(BIN)/python -m deploy.native down

test: servers ## every test; installs PostgreSQL and RabbitMQ where it may
	$(BIN)/pytest

check: servers ## format, lint, types, import contracts, then every test (migrations match models is one)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest

bench: servers ## figures beside raw engines and peers, into var/bench/figures.json
	@$(BIN)/python -m pip install --quiet --require-hashes --no-deps -r requirements/bench.txt
	@$(BIN)/python -m bench

soak: export ROUNDS := $(ROUNDS)
soak: export SEED := $(SEED)
soak: servers ## many months under fire, into var/soak; hours (ROUNDS=200 SEED=1)
	@$(BIN)/python -m tests.faults.soak --rounds "$$ROUNDS" --seed "$$SEED"

lock: $(READY) ## write requirements/*.txt anew from pyproject.toml, with hashes
	$(LOCK) $(LOCK_OPTIONS) --output-file=requirements/base.txt pyproject.toml
	$(LOCK) $(LOCK_OPTIONS) --extra=dev --output-file=requirements/dev.txt pyproject.toml
	$(LOCK) $(LOCK_OPTIONS) --extra=bench --constraint=requirements/dev.txt --output-file=requirements/bench.txt pyproject.toml

clean: ## take away .venv and caches; var/ stays, it may hold a site's log
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find deploy services shared tests -name __pycache__ -type d -prune -exec rm -rf {} +
