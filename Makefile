# Two commands do everything on a machine with Python 3.11 and make: `make run` and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
HOST   ?= 127.0.0.1
PORT   ?= 8000

.PHONY: run test check lock sample messages docs benchmarks clean

run: $(VENV)/.installed ## environment, the sample ingested, a search, a check, then the pages at 127.0.0.1
	$(BIN)/kms ingest corpus/sample
	$(BIN)/kms search konflik sosial --limit 3
	$(BIN)/kms check --title "Telaah Kerukunan Warga Lintas Agama di Kecamatan Mekarjati" || test $$? -eq 1
	$(BIN)/kms serve --host $(HOST) --port $(PORT)

test: $(VENV)/.installed-dev ## every fast test, on all cores
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

check: $(VENV)/.installed-dev ## what CI checks besides the tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lock: $(VENV)/.installed-dev ## exact versions with hashes, from the ranges in pyproject.toml
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --extra ocr pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --extra ocr --extra dev pyproject.toml -o requirements-dev.lock

sample: $(VENV)/.installed-dev ## write the PDFs of corpus/sample again
	$(BIN)/python scripts/write_sample.py

messages: $(VENV)/.installed-dev ## collect sentences from the code, compile the translations
	$(BIN)/python scripts/messages.py

docs: $(VENV)/.installed-dev ## docs/cli-reference.md
	$(BIN)/python scripts/cli_reference.py

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	touch $@

$(VENV)/.installed-dev: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	touch $@ $(VENV)/.installed

clean: ## everything that can be made again
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
