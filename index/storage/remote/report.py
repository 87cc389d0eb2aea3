"""What an index at a URL holds: its copy's report, with what only the store knows."""

from typing import Any

from index.storage.remote.follow import mirror
from index.storage.remote.layout import complete
from index.storage.remote.place import Origin, Place
from index.storage.remote.store import open_store
from index.storage.report import report as report_of_folder


def report(place: Place) -> dict[str, Any]:
    """The report of an index, wherever it is.

    Raises:
        IndexMissing: There is no index yet.
        BylineError: It cannot be read.
    """
    if not isinstance(place, Origin):
        return report_of_folder(place)
    mirror(place)
    kept = complete(open_store(place.url))
    return report_of_folder(place.copy) | {"index": place.url, "copy": str(place.copy), "kept": kept}
