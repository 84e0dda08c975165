# Everything one does with okrsite, by name. `make` alone lists it.
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
SHELL := /bin/sh

PYTHON ?= python3
ARGS ?=
VENV := .venv/bin
MANAGE := $(VENV)/python manage.py
MANIFEST := staticfiles/staticfiles.json

# uv where there is one, else pip; both from the same lock, by hash.
INSTALL = if command -v uv >/dev/null 2>&1; \
	then uv pip install --quiet --python $(VENV)/python --require-hashes -r $(1); \
	else $(VENV)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1); fi

# A place of its own for what only asks questions: no database of yours is touched.
NOWHERE := DATABASE_URL=sqlite://:memory: REDIS_URL= SECRET_KEY=only-for-asking-questions-never-for-serving-people
AS_IN_PRODUCTION := $(NOWHERE) SITE_URL=https://okr.example.org TRUSTED_PROXIES=1

# What you may have set for real people, and the demo must not know: their database, their mail, their address.
REAL := DATABASE_URL REDIS_URL WEB_PROCESSES LIVE_STREAMS CHAT_HOSTS SECRET_KEY SITE_URL ALLOWED_HOSTS TRUSTED_PROXIES EMAIL_URL DEFAULT_FROM_EMAIL

.PHONY: help run demo dev stack test check bench shots lock audit components

help: ## List what make can do here
	@echo "okrsite: make <one of these>"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' Makefile | expand -t 14
	@echo "PORT=8001 make run takes another port; make run PYTHON=python3.12 another Python (3.11 or newer)."

run: $(MANIFEST) ## Start okrsite on http://localhost:8000 with its data in var/; the first start prints a set-up link
	@$(MANAGE) migrate --verbosity 0
	@exec $(MANAGE) serve

demo: $(MANIFEST) ## Start a sample organisation to look around in, with its own data in var/demo/ (ARGS=--ending: as its quarter ends)
	@unset $(REAL); export OKRSITE_VAR=var/demo; \
	$(MANAGE) migrate --verbosity 0 && $(MANAGE) demo $(ARGS) && exec $(MANAGE) serve

dev: .venv/tools ## Like run, but starts anew when code changes and tells all when it breaks
	@export OKRSITE_DEBUG=1; $(MANAGE) migrate --verbosity 0 && exec $(MANAGE) serve --reload

stack: $(MANIFEST) ## Start web processes, worker and beat on PostgreSQL and Redis (DATABASE_URL, REDIS_URL)
	@exec $(VENV)/python bin/stack.py

test: .venv/tools $(MANIFEST) ## Run every test; make test ARGS="tests/core -k week" runs some
	@$(VENV)/python -m pytest -n auto $(ARGS)

check: .venv/tools ## Check style, types, import contracts, templates, migrations and settings
	@echo "Style";      $(VENV)/python -m ruff check --quiet . && $(VENV)/python -m ruff format --check --quiet .
	@echo "Types";      $(VENV)/python -m mypy --no-error-summary .
	@echo "Imports";    $(VENV)/lint-imports --no-logo
	@echo "Templates";  $(VENV)/python -m djlint --lint --quiet templates
	@echo "Migrations"; $(NOWHERE) $(MANAGE) makemigrations --check --dry-run
	@echo "Settings";   $(AS_IN_PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING

bench: .venv/tools $(MANIFEST) ## Measure pages against their bound (first the demo, then numbers)
	@$(VENV)/python -m tests.bench $(ARGS)

shots: .venv/tools $(MANIFEST) ## Take a picture of every screen, into var/shots/
	@$(VENV)/python -m tests.shots $(ARGS)

lock: .venv/tools ## Write the lock files anew; make lock ARGS=--upgrade takes newer versions
	@command -v uv >/dev/null 2>&1 || { echo "make lock needs uv (pipx install uv)."; exit 1; }
	@uv pip compile $(LOCKING) $(ARGS) pyproject.toml -o requirements.txt
	@uv pip compile $(LOCKING) $(ARGS) pyproject.toml --group dev -c requirements.txt -o requirements-dev.txt
LOCKING := --quiet --universal --generate-hashes --no-strip-extras --no-emit-index-url --no-header

audit: .venv/tools ## Look up known holes in all that is locked; asks osv.dev, and fails when it cannot
	@$(VENV)/python bin/audit.py $(ARGS)

components: .venv/tools ## List what okrsite is made of (CycloneDX), into var/components.json
	@mkdir -p $(dir $(COMPONENTS))
	@$(VENV)/python -W ignore -m cyclonedx_py requirements requirements.txt --pyproject pyproject.toml \
		--mc-type application --output-reproducible --output-format JSON --output-file $(COMPONENTS)
	@echo "Written: $(COMPONENTS)"
COMPONENTS ?= var/components.json

.venv/bin/python:
	@command -v "$(PYTHON)" >/dev/null 2>&1 || { \
		echo "okrsite needs Python 3.11 or newer; found none called $(PYTHON). Name yours: make run PYTHON=python3.12"; exit 1; }
	@"$(PYTHON)" -c 'import sys; found = "%d.%d" % sys.version_info[:2]; sys.exit(None if sys.version_info >= (3, 11) else \
		"okrsite needs Python 3.11 or newer; found " + found + ". Name a newer one: make run PYTHON=python3.12")'
	@"$(PYTHON)" -m venv .venv || { rm -rf .venv; \
		echo "Python could not make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

.venv/packages: requirements.txt | .venv/bin/python
	@echo "Installing what okrsite needs (once, and again when its list changes)."
	@$(call INSTALL,requirements.txt)
	@touch $@

.venv/tools: requirements-dev.txt .venv/packages
	@echo "Installing the tools for tests and checks (once, and again when their list changes)."
	@$(call INSTALL,requirements-dev.txt)
	@touch $@

$(MANIFEST): .venv/packages okrsite/storage.py $(shell find static)
	@$(MANAGE) collectstatic --noinput --verbosity 0
	@touch $@
