# The commands of a checkout; each is explained in README.md. Prerequisites: make, python3-venv.
PYTHON ?= python3
BIN := .venv/bin
COMPILE = $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11

.PHONY: run setup setup-dev test lint lock messages pictures reference docs

run: setup
	@exec $(BIN)/chithi serve --demo

setup:
	@$(PYTHON) tools/setup.py run

setup-dev:
	@$(PYTHON) tools/setup.py dev

# BROWSER=no leaves the browser tests out; ARGS goes to pytest (with BROWSER=no where it picks none of them).
test: setup-dev
	@BROWSER="$(BROWSER)" bash tools/setup_test.sh $(ARGS)

lint: setup-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/deptry src --ignore DEP002  # DEP002: named in the settings only

# Writes the locked requirements and package-lock.json anew; no address of a registry gets into them.
lock: setup-dev
	$(COMPILE) tools/setup.in -o tools/setup.txt
	$(COMPILE) requirements/base.in -o requirements/base.txt
	$(COMPILE) requirements/docs.in -o requirements/docs.txt
	$(COMPILE) requirements/dev.in -o requirements/dev.txt
	$(COMPILE) requirements/node.in -o requirements/node.txt
	PATH="$(CURDIR)/$(BIN):$$PATH" npm install --package-lock-only --ignore-scripts --no-audit --no-fund --omit-lockfile-registry-resolved=true

# Brings the translations up to date with the texts in the code and compiles them.
messages: setup
	$(BIN)/python tools/messages.py
	$(BIN)/python tools/setup_messages.py

pictures: setup-dev
	$(BIN)/python tools/pictures.py

# The pages of docs/reference that are made from the code.
reference: setup
	$(BIN)/python -m chithi.cli.reference
	$(BIN)/python -m chithi.api.reference docs/reference
	$(BIN)/python tools/reference.py

# The docs as a site, in build/site: a broken link, a missing picture or a page out of the order of reading ends it.
docs:
	@$(PYTHON) tools/setup.py docs
	$(BIN)/properdocs build --strict -f tools/site/properdocs.yml
