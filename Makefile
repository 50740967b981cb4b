# Two commands: `make run` and `make test`. Both set up what they need. `make help` lists the rest.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export SAMSPILL_DEMO ?= 1
STATIC_SOURCES := $(shell find src -path "*/static/*" -type f; find src/samspill/locale -name "*.po" 2>/dev/null) src/samspill/shared/design/theme.config.json

.DEFAULT_GOAL := help
.PHONY: help setup run reset-demo test test-postgres check format lock bench shots messages

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

setup: $(VENV)/.ready node_modules/.ready build/.ready ## Make the environment: .venv, node_modules, static files

$(VENV)/.ready: requirements-dev.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

node_modules/.ready: package.json package-lock.json
	npm ci --no-audit --no-fund --silent
	@touch $@

build/.ready: $(VENV)/.ready node_modules/.ready $(STATIC_SOURCES)
	npm run --silent theme
	$(BIN)/pybabel --quiet compile --domain django --directory src/samspill/locale
	SAMSPILL_DEBUG=0 $(BIN)/samspill manage collectstatic --no-input --clear -v 0
	@mkdir -p build && touch $@

run: setup ## Start Samspill with Nordland's registers and demo people (PORT=8000)
	@$(BIN)/python scripts/run.py --port $(PORT)

reset-demo: setup ## Throw the demo's database and files away and load them anew
	@$(BIN)/python scripts/run.py --reset-only

test: setup ## The whole suite on SQLite, browser journeys included
	@scripts/need_chromium
	$(BIN)/pytest --durations=20 $(ARGS)

test-postgres: setup ## Rules, pages, access, a year, concurrency and kill tests on PostgreSQL (DATABASE_URL)
	@case "$$DATABASE_URL" in postgres*) ;; *) echo "Set DATABASE_URL, e.g. postgresql://postgres@127.0.0.1:5432/test" >&2; exit 2;; esac
	$(BIN)/pytest --durations=20 -m "not browser" --ignore=tests/engines --ignore=tests/journeys --ignore=tests/architecture/test_house.py --ignore=tests/architecture/test_languages.py tests $(ARGS)

check: setup ## Style, types, import contracts, migrations, rulebook, access page, templates
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy src
	$(BIN)/lint-imports
	$(BIN)/pytest -q tests/architecture -m "not both" -p no:cacheprovider
	$(BIN)/samspill manage makemigrations --check --dry-run
	$(BIN)/samspill rulebook --check
	$(BIN)/samspill access --check
	$(BIN)/djlint src --lint --quiet

format: setup ## Mend what machines can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(VENV)/.ready ## Compile the hashed lock files anew
	$(BIN)/pip install --quiet --disable-pip-version-check uv
	scripts/lock

messages: setup ## Collect texts for translation (bokmål is the source)
	cd src/samspill && ../../$(BIN)/django-admin makemessages -l nn -l en --no-location --no-obsolete --no-wrap

bench: setup ## Server time of the heavy pages with 500 needs reports, and start-up
	$(BIN)/python scripts/bench.py $(ARGS)

shots: setup ## Take the screenshots in docs/shots
	$(BIN)/python scripts/shots.py $(ARGS)
