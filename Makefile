# Each target does all of its own set-up: `make serve` and `make test` are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MUTATION := .venv-mutation
MUTANTS ?= app.engine.*
TEST_WORKERS ?= auto
DATASETTE := .venv-datasette
AUDIT := .venv-audit
BENCH ?=
CRASHES ?= 50
FUZZ ?= 30
# Where it is set, each of the many processes of tests would compile all of it anew.
unexport PYTHONDONTWRITEBYTECODE
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: serve test coverage check audit format bench bench-engine bench-datasette bulk client mutation crashes processes fuzz soak lock image

# With MCP=true it has the packages of MCP too.
serve: $(VENV)/$(if $(filter true,$(MCP)),.mcp,.runtime)
	$(BIN)/whatnext serve

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n $(TEST_WORKERS) --dist loadfile

# By itself: to watch every line makes tests take twice as long. Of laws few examples do.
coverage: $(VENV)/.dev
	TEST_DATABASES=sqlite LAW_EXAMPLES=3 SHIPPED_LAW_EXAMPLES=2 $(BIN)/python -m pytest -n $(TEST_WORKERS) --dist loadfile \
		--cov=app/library --cov=app/engine --cov=app/content --cov-report= \
		--deselect tests/content/test_crashes.py tests/library tests/engine tests/content
	$(BIN)/coverage report --fail-under=95 --skip-covered
	$(BIN)/coverage report --fail-under=100 --skip-covered --include='app/engine/*'

check: $(VENV)/.dev audit
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/whatnext check seed_data
	$(BIN)/hadolint Dockerfile

# Says so where nobody can be asked, and fails where somebody knows of a vulnerability.
audit: $(AUDIT)/.tool
	$(AUDIT)/bin/python .ci/audit.py

format: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Linux only. The first time it makes its libraries, which takes some minutes more;
# BENCH=--quick takes two minutes, and writes no results.
bench: $(VENV)/.dev
	$(BIN)/python -m bench $(BENCH)

bench-engine: $(VENV)/.dev
	$(BIN)/python -m bench.engine

bench-datasette: $(VENV)/.dev $(DATASETTE)/.tool
	DATASETTE=$(DATASETTE)/bin/datasette $(BIN)/python -m bench.datasette

# Takes some minutes and some hundred megabytes; BULK_DATABASE_URL names another database.
bulk: $(VENV)/.dev
	$(BIN)/python -m bench.bulk

# Gets a Node.js of its own, by pip, where there is none that is new enough.
client: $(VENV)/.dev
	examples/client/check.sh

# All of the engine takes up to half an hour on two cores; or name a part of it:
# make mutation MUTANTS='app.engine.triage.*'
mutation: $(MUTATION)/.tool
	$(MUTATION)/bin/mutmut run '$(MUTANTS)'
	$(MUTATION)/bin/mutmut results | grep -v 'not checked' || true

# On SQLite and on PostgreSQL; it takes some minutes.
crashes: $(VENV)/.dev
	CRASHES=$(CRASHES) $(BIN)/python -m pytest --quiet tests/content/test_crashes.py \
		--log-cli-level=INFO --log-cli-format='%(message)s' \
		--log-disable=alembic.runtime.migration --log-disable=alembic.runtime.plugins

# On SQLite and on PostgreSQL, half a minute each.
processes: $(VENV)/.dev
	PROCESSES_SECONDS=30 $(BIN)/python -m pytest --quiet tests/test_many_processes.py \
		--log-cli-level=INFO --log-cli-format='%(message)s' \
		--log-disable=alembic.runtime.migration --log-disable=alembic.runtime.plugins

# As root, on Debian, with what it says that it needs: it takes minutes, and no registry of
# images. It makes its base once, some hundred megabytes in the user's cache.
image:
	tests/image.sh

# Takes some ten minutes: FUZZ is how many requests of each kind each operation gets.
fuzz: $(VENV)/.dev
	FUZZ=$(FUZZ) $(BIN)/python -m pytest --quiet tests/fuzz \
		--log-cli-level=INFO --log-cli-format='%(message)s' \
		--log-disable=alembic.runtime.migration --log-disable=alembic.runtime.plugins

# Linux only. SOAK_MINUTES, SOAK_WORKERS and SOAK_DATABASE_URL change what is done; only
# ten minutes or more are written to bench/SOAK.md.
soak: $(VENV)/.dev
	$(BIN)/python -m bench.soak

# This one and what installs mutmut are the only targets that need uv.
lock: $(VENV)/.uv
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra mcp --constraint requirements.lock --output-file requirements-mcp.lock
	$(LOCK) --extra mcp --group dev --output-file requirements-dev.lock

LOCK := $(BIN)/uv pip compile pyproject.toml --upgrade --universal --generate-hashes \
	--python-version 3.11 --group build --custom-compile-command 'make lock' --quiet

$(VENV)/.runtime: requirements.lock pyproject.toml | $(VENV)/.python
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.mcp: requirements-mcp.lock pyproject.toml | $(VENV)/.python
	$(PIP) install --require-hashes --requirement requirements-mcp.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev: requirements-dev.lock pyproject.toml | $(VENV)/.python
	$(PIP) install --require-hashes --requirement requirements-dev.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(MUTATION)/.tool: requirements-dev.lock pyproject.toml | $(VENV)/.uv
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(MUTATION)
	VIRTUAL_ENV=$(MUTATION) $(BIN)/uv pip install --quiet \
		--require-hashes --requirement requirements-dev.lock
	VIRTUAL_ENV=$(MUTATION) $(BIN)/uv pip install --quiet --group mutation
	touch $@

# By itself: it needs other versions of what whatnext needs.
$(DATASETTE)/.tool: | $(VENV)/.python
	$(PYTHON) -m venv --clear $(DATASETTE)
	$(DATASETTE)/bin/python -m pip install --disable-pip-version-check --quiet datasette==0.65.5
	touch $@

# By itself: it needs another pip.
$(AUDIT)/.tool: | $(VENV)/.python
	$(PYTHON) -m venv --clear $(AUDIT)
	$(AUDIT)/bin/python -m pip install --disable-pip-version-check --quiet pip-audit==2.10.1
	touch $@

$(VENV)/.uv: | $(VENV)/.python
	$(PIP) install uv==0.13.9
	touch $@

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo 'whatnext needs Python 3.11 or newer: make PYTHON=python3.13 …'; exit 1; }
	$(PYTHON) -m venv $(VENV)
	touch $@
