"""The manifest of a generation: what it was made of, and how."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from corpus.article import Rejected
from corpus.errors import IndexDamaged, IndexMismatch
from index.storage.checksums import ADVICE, MANIFEST, Checksum
from index.storage.obstacles import named

SCHEMA = 3
"""Raised whenever the files of a generation, or their meaning, change."""
ONE_EACH = 2
"""The schema before: one vector per passage, under the passage's id. It can be read, and carried over from."""

REJECTED_KEPT = 1000
"""The most rejections stored; all are counted."""

FILE = MANIFEST
_KINDS = {
    int: ("dimensions", "articles", "passages"),
    str: ("generation", "embedder", "splitter", "content", "created"),
}
"""The types of the values that every manifest has."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """What the articles of a generation were read from, and what of it was left out beside the rejections.

    Attributes:
        digest: Equal to that of other inputs if these are the same.
        duplicates: The number of exact copies.
        superseded: The number of versions replaced by a newer one of the same URL.
        purged: The number of articles that were kept out.
    """

    digest: str
    duplicates: int
    superseded: int
    purged: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation was made of, how, and when.

    Attributes:
        generation: Its id.
        embedder: The name of the embedder of its vectors.
        dimensions: The length of its vectors.
        splitter: The name of the splitter of its articles.
        articles: The number of its articles.
        passages: The number of its passages; its rows are 0 to passages - 1.
        content: A fingerprint of the digests of all its articles.
        created: When its build started, ISO 8601 in UTC.
        seconds: How long its build took.
        sources: The absolute paths and addresses of its articles.
        options: How they were read, by option name: "map", "exclude".
        rejected: The first REJECTED_KEPT rejections.
        rejected_count: The number of all rejections.
        parent: The generation that was in use when it was built.
        files: The checksum of each other file by its path in the folder; empty in older builds.
        patched: Vectors changed in copies of its vector store since that was last built whole.
        inputs: What its articles were read from; None in older builds, and where that cannot be compared.
        schema: The layout of its files.
    """

    generation: str
    embedder: str
    dimensions: int
    splitter: str
    articles: int
    passages: int
    content: str
    created: str
    seconds: float
    sources: tuple[str, ...] = ()
    options: dict[str, list[str]] = field(default_factory=dict)
    rejected: tuple[Rejected, ...] = ()
    rejected_count: int = 0
    parent: str | None = None
    files: dict[str, Checksum] = field(default_factory=dict)
    patched: int = 0
    inputs: Inputs | None = None
    schema: int = SCHEMA

    def write(self, folder: Path) -> None:
        """Writes it into a generation's folder."""
        (folder / FILE).write_text(json.dumps(self.to_json(), indent=1), encoding="utf-8")

    def to_json(self) -> dict[str, Any]:
        """The manifest in the form of its file."""
        return asdict(self)

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """The manifest of a generation's folder.

        Raises:
            IndexMismatch: It has another schema.
            IndexDamaged: It is missing or is no manifest.
        """
        path = folder / FILE
        try:
            stated = json.loads(path.read_text(encoding="utf-8"))
            schema = stated["schema"]
        except OSError as error:
            if named(error):
                raise
            raise IndexDamaged(f"{str(path)!r} cannot be read ({error.strerror}); {ADVICE}") from error
        except (ValueError, KeyError, TypeError) as error:
            raise IndexDamaged(f"{str(path)!r} is no manifest; {ADVICE}") from error
        if schema not in (SCHEMA, ONE_EACH):
            raise IndexMismatch(
                f"the index in {str(folder.parent.parent)!r} has schema {schema!r}, this Byline reads {SCHEMA}; "
                "run: byline rebuild"
            )
        try:
            stated["sources"] = tuple(stated["sources"])
            stated["rejected"] = tuple(Rejected(**rejection) for rejection in stated["rejected"])
            files = stated.get("files", {}).items()
            stated["files"] = {name: Checksum(**checksum) for name, checksum in files}
            stated["inputs"] = Inputs(**stated["inputs"]) if stated.get("inputs") else None
            manifest = cls(**stated)
        except (KeyError, TypeError, AttributeError) as error:
            raise IndexDamaged(f"{str(path)!r} is no manifest; {ADVICE}") from error
        if not all(isinstance(stated[name], kind) for kind, names in _KINDS.items() for name in names):
            raise IndexDamaged(f"{str(path)!r} has values of the wrong kind; {ADVICE}")
        return manifest

    @property
    def has_distinct_vectors(self) -> bool:
        """Whether passages of one text share a vector."""
        return self.schema != ONE_EACH

    def check_embedder(self, embedder: str) -> None:
        """Refuses vectors of another embedder.

        Raises:
            IndexMismatch: Names both embedders.
        """
        if self.embedder != embedder:
            raise IndexMismatch(
                f"the index was made with the embedder {self.embedder!r}, but {embedder!r} is in use; "
                "run: byline rebuild, or set BYLINE_EMBED_MODEL and the like as they were then"
            )

    def check_dimensions(self, dimensions: int) -> None:
        """Refuses vectors that are longer or shorter than those of the index.

        Raises:
            IndexMismatch: Names both lengths.
        """
        if self.dimensions != dimensions:
            raise IndexMismatch(
                f"the vectors of the embedder {self.embedder!r} had {self.dimensions} numbers when the index was made, "
                f"and now have {dimensions}; run: byline rebuild --full"
            )


def stated_sources(folder: Path) -> list[str]:
    """The sources in a generation's manifest of any schema; empty if it has none."""
    sources = _stated(folder, "sources")
    return [str(source) for source in sources] if isinstance(sources, list) else []


def stated_options(folder: Path) -> dict[str, list[str]]:
    """The options in a generation's manifest of any schema; empty if it has none."""
    options = _stated(folder, "options")
    if not isinstance(options, dict):
        return {}
    return {str(name): list(map(str, values)) for name, values in options.items() if isinstance(values, list)}


def _stated(folder: Path, name: str) -> Any:
    try:
        return json.loads((folder / FILE).read_text(encoding="utf-8"))[name]
    except (OSError, ValueError, KeyError, TypeError):
        return None
