# The portal's commands. On Debian 12 python3, python3-venv and make are enough: the rest is brought here.

SHELL := /bin/bash
PORT ?= 8000
DATA_DIR ?= var
SITE_URL ?= http://127.0.0.1:$(PORT)
PYTHON ?=
export PORT DATA_DIR SITE_URL PYTHON

BIN := .venv/bin
LOCK := $(BIN)/uv pip compile -q --generate-hashes --no-header --no-annotate --no-emit-index-url \
        --no-emit-find-links --universal --python-version 3.11

.PHONY: help run test check test-postgres e2e bench reliability pictures docs lock venv venv-dev pdf-libraries

help:
	@echo "make run            the portal with its demo and its worker on 127.0.0.1:$(PORT) (DATA_DIR, DATABASE_URL, PORT)"
	@echo "make test           all tests that need neither PostgreSQL nor a browser"
	@echo "make check          style, types, layers, migrations, settings, documents, sizes"
	@echo "make test-postgres  the same tests on a PostgreSQL of their own"
	@echo "make e2e            every page in a real browser"
	@echo "make bench          how fast the slow things are, against floors, on SQLite and on PostgreSQL"
	@echo "make reliability    what must hold when processes die, on SQLite and on PostgreSQL"
	@echo "make docs           write the generated documents anew"
	@echo "make pictures       take the handbook's pictures from the running portal"
	@echo "make lock           resolve the dependencies anew"

run: venv pdf-libraries
	@exec bash .ci/serve.sh

test: venv-dev pdf-libraries
	$(BIN)/python -m pytest -n auto --dist loadgroup -rs

check: venv-dev pdf-libraries
	@bash .ci/check.sh

test-postgres: venv-dev pdf-libraries
	@bash .ci/system-packages.sh postgresql
	@bash .ci/postgres.sh $(BIN)/python -m pytest -n auto --dist loadgroup -rs

e2e: venv-dev pdf-libraries
	@bash .ci/system-packages.sh chromium fonts-noto-cjk
	$(BIN)/python -m pytest -m e2e -n auto -rs tests/e2e

bench: venv-dev pdf-libraries
	@bash .ci/system-packages.sh postgresql
	@status=0; \
	env -u DATABASE_URL $(BIN)/python -m tests.bench || status=1; \
	bash .ci/postgres.sh $(BIN)/python -m tests.bench || status=1; \
	exit $$status

reliability: venv-dev pdf-libraries
	@bash .ci/system-packages.sh postgresql
	@status=0; \
	env -u DATABASE_URL $(BIN)/python -m tests.reliability.letters || status=1; \
	bash .ci/postgres.sh $(BIN)/python -m tests.reliability.letters || status=1; \
	env -u DATABASE_URL $(BIN)/python -m tests.reliability.edits || status=1; \
	bash .ci/postgres.sh $(BIN)/python -m tests.reliability.edits || status=1; \
	env -u DATABASE_URL $(BIN)/python -m tests.reliability.meetings || status=1; \
	bash .ci/postgres.sh $(BIN)/python -m tests.reliability.meetings || status=1; \
	env -u DATABASE_URL $(BIN)/python -m tests.reliability.registrations || status=1; \
	bash .ci/postgres.sh $(BIN)/python -m tests.reliability.registrations || status=1; \
	exit $$status

pictures: venv-dev pdf-libraries
	@bash .ci/system-packages.sh chromium fonts-noto-cjk poppler-utils
	$(BIN)/python -m tests.e2e.pictures

docs: venv pdf-libraries
	$(BIN)/python manage.py generate_docs

lock: venv-dev
	$(LOCK) pyproject.toml -o requirements.txt
	$(LOCK) --extra dev pyproject.toml -o requirements-dev.txt

venv:
	@bash .ci/venv.sh requirements.txt

venv-dev:
	@bash .ci/venv.sh requirements-dev.txt

# WeasyPrint draws with Pango; fontconfig brings the one font that Pango insists on knowing.
pdf-libraries:
	@bash .ci/system-packages.sh libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig-config
