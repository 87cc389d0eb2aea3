"""Opens a vector store in a process of its own first: a damaged graph kills the process that opens it.

Newer generations have checksums, which are compared before; older ones have none.
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
    """Opens and searches a vector store in another process.

    Raises:
        IndexDamaged: It killed that process, or made it hang.
    """
    command = [sys.executable, "-c", _TRIAL, json.dumps([str(folder), sys.path])]
    try:
        status = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False).returncode
    except subprocess.TimeoutExpired:
        status = -1
    if status < 0:  # an error raised there is raised again when the store is opened here
        raise IndexDamaged(f"the vectors in {str(folder)!r} are damaged: they crash what opens them; {ADVICE}")
