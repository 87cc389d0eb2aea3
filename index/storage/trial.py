"""Opening a vector store in a process of its own first: a damaged graph ends the process that opens it.

Generations of today have checksums, which are compared before; those of before have none.
"""

import json
import subprocess
import sys
from pathlib import Path

from corpus.errors import IndexDamaged
from index.storage.checksums import ADVICE

PATIENCE = 120.0
"""Seconds after which a store that does not open counts as damaged."""

_TRIAL = """
import json, sys
folder, sys.path[:] = json.loads(sys.argv[1])
from contextlib import closing
from pathlib import Path
from index.storage.vectors import VectorStore
with closing(VectorStore(Path(folder), read_only=True)) as store:
    store.try_out()
"""


def try_out(folder: Path) -> None:
    """Opens a vector store and searches it, in another process.

    Raises:
        IndexDamaged: That process was ended by it, or never came to its end.
    """
    command = [sys.executable, "-c", _TRIAL, json.dumps([str(folder), sys.path])]
    try:
        status = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False).returncode
    except subprocess.TimeoutExpired:
        status = -1
    if status < 0:  # an error that it raised comes again when the store is opened here
        raise IndexDamaged(f"the vectors in {str(folder)!r} are damaged: what opens them is ended; {ADVICE}")
