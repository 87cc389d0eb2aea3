"""Where in the site a request goes."""

from starlette.types import Scope


def path_below(scope: Scope) -> str:
    """The path below the site, whatever it is mounted at and whatever a proxy puts before that."""
    path, root = scope["path"], scope.get("root_path", "").rstrip("/")
    if root and (path == root or path.startswith(f"{root}/")):
        path = path[len(root) :]
    return path or "/"
