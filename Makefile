# Every target makes what it needs by itself; a machine needs Python 3.11 or newer with venv, and make.
#   make PYTHON=python3.12 run     another Python
#   make test ARGS="-k streaks"    some of the tests
#   make lock UPGRADE=--upgrade    newer versions, not only newly named ones

PYTHON ?= python3
ARGS ?=
UPGRADE ?=
BIN := .venv/bin
RUN_READY := .venv/ready-to-run
DEV_READY := .venv/ready-to-develop
AXE_READY := .venv/ready-for-axe
SLACK_READY := .venv/ready-for-local-slack
COMPILE = $(BIN)/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --system-certs \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header $(UPGRADE)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: help run pictures preview-discord preview-slack test check bench lock format style types imports dockerfile reports gated-tests

help:
	@echo 'make run      start the practice page, and say where it is'
	@echo 'make pictures take the pictures of the README'
	@echo 'make preview-discord, make preview-slack'
	@echo '              look at the real messages of Discord and Slack, with sample data and without a token'
	@echo 'make test     run all tests'
	@echo 'make check    format, lint, types, import rules, Dockerfile, tests with coverage'
	@echo 'make bench    measure, each figure as a ratio of two sides'
	@echo 'make format   format the code and mend what the linter can mend'
	@echo 'make lock     renew the lock files from pyproject.toml'

run: $(RUN_READY)
	@$(BIN)/practice-bot run

# Pictures for the README; ARGS="--all FOLDER" takes every view of the page at both widths, light and dark.
pictures: $(DEV_READY) $(SLACK_READY)
	$(BIN)/python -m tests.page.pictures $(ARGS)
	$(BIN)/python -m tests.platforms.discord.preview --pictures
	$(BIN)/python -m tests.platforms.slack.pictures

# The bot's real messages with sample data, in a browser, without a token; each prints where to look, and runs until stopped.
preview-discord: $(DEV_READY)
	$(BIN)/python -m tests.platforms.discord.preview $(ARGS)

preview-slack: $(DEV_READY) $(SLACK_READY)
	$(BIN)/python -m tests.platforms.slack.preview $(ARGS)

test: $(DEV_READY) $(AXE_READY) $(SLACK_READY)
	$(BIN)/pytest -n auto --dist worksteal $(ARGS)

check: style types imports dockerfile reports gated-tests

bench: $(DEV_READY)
	$(BIN)/python -m benchmarks $(ARGS)

format: $(DEV_READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# The second file is compiled against the first, so that tests run on what people get.
lock: $(DEV_READY)
	$(COMPILE) --group build --output-file requirements.lock
	$(COMPILE) --group dev --constraint requirements.lock --output-file requirements-dev.lock

style: $(DEV_READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(DEV_READY)
	$(BIN)/mypy

imports: $(DEV_READY)
	$(BIN)/lint-imports

dockerfile: $(DEV_READY)
	$(BIN)/hadolint Dockerfile

reports: $(DEV_READY)
	$(BIN)/python -m tests.test_house
	$(BIN)/python -m tests.test_bad_input_coverage

# Coverage is judged after the tests, from the same run; a table names what is not covered.
gated-tests: $(DEV_READY) $(AXE_READY) $(SLACK_READY)
	$(BIN)/pytest -n auto --dist worksteal --cov --cov-report= $(ARGS)
	@printf 'branch coverage of bot/domain, 100 %% wanted:\n'
	@$(BIN)/coverage report --include='bot/domain/*' --fail-under=100
	@printf 'branch coverage of bot/practice, 95 %% wanted:\n'
	@$(BIN)/coverage report --include='bot/practice/*' --fail-under=95

# Builder and dependencies come from the lock; the project itself is then installed with no download at all.
$(RUN_READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11 run")'
	@$(PYTHON) -c 'import ensurepip, venv' || { echo 'Python cannot make virtual environments here: install its venv package (Debian: python3-venv).' >&2; exit 1; }
	@test -x $(BIN)/python || { echo 'Making .venv, once; this takes about half a minute.' >&2; $(PYTHON) -m venv .venv; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(DEV_READY): requirements-dev.lock $(RUN_READY)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

# axe reads pages as a screen reader would; without npm its tests are named as not run.
$(AXE_READY): tests/page/package-lock.json $(DEV_READY)
	@if npm ci --prefix tests/page --silent --no-audit --no-fund; then touch $@; \
	else echo 'npm (Debian: npm) could not install axe; the tests with it are named as not run.' >&2; fi

# A Slack server that runs here; without npm its tests are named as not run.
$(SLACK_READY): tests/platforms/slack/package-lock.json $(DEV_READY)
	@if npm ci --prefix tests/platforms/slack --silent --no-audit --no-fund; then touch $@; \
	else echo 'npm (Debian: npm) could not install local-slack; the tests with it are named as not run.' >&2; fi
