"""Ghost's export: posts, authors, and a table of who wrote what, in one JSON document."""

from collections.abc import Mapping


def ghost_posts(document: object) -> list[object] | None:
    """The posts as records with their authors' names; None if this is no such export."""
    exported = document.get("db") if isinstance(document, Mapping) else None
    first = exported[0] if isinstance(exported, list) and exported else None
    data = first.get("data") if isinstance(first, Mapping) else None
    posts = data.get("posts") if isinstance(data, Mapping) else None
    if not isinstance(data, Mapping) or not isinstance(posts, list):
        return None
    written: dict[object, list[object]] = {}
    names = {str(user.get("id")): user.get("name") for user in _rows(data, "users")}
    for row in _rows(data, "posts_authors"):
        written.setdefault(str(row.get("post_id")), []).append(names.get(str(row.get("author_id"))))
    return [_post(post, names, written) if isinstance(post, Mapping) else post for post in posts]


def _rows(data: Mapping[str, object], table: str) -> list[Mapping[str, object]]:
    rows = data.get(table)
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _post(
    post: Mapping[str, object], names: Mapping[str, object], written: Mapping[object, list[object]]
) -> dict[str, object]:
    authors = written.get(str(post.get("id"))) or [names.get(str(post.get("author_id")))]
    return {
        **post,
        "text": post.get("html") or post.get("plaintext"),
        "published": post.get("published_at"),
        "created_at": None,  # when its first draft was made
        "authors": [author for author in authors if author],
    }
