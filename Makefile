# Each target works in a fresh clone; README shows the same without make.
PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/installed
PORT ?= 8000

.PHONY: demo test lint format clean

demo: $(INSTALLED)
	@exec $(BIN)/python manage.py demo --port $(PORT)

test: $(INSTALLED)
	$(BIN)/python -m pytest -n 2 -m "not postgres and not journey"
	$(BIN)/python -m pytest -n 2 -m journey
	$(BIN)/python -m tests.postgres

lint: $(INSTALLED)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/djhtml --tabwidth 2 --check forms_engine/templates workflows/templates

format: $(INSTALLED)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/djhtml --tabwidth 2 forms_engine/templates workflows/templates

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis *.egg-info build

$(INSTALLED): pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[test]"
	@touch $@
