"""How a portal makes the page its own: name, logo, accent colour, welcome."""

from dataclasses import dataclass
from pathlib import Path

from bot.page_settings import PageSettings
from bot.ui.contrast import ENOUGH, contrast, darker, lighter
from corpus.errors import SettingsError

LARGEST = 100_000
"""Bytes of a logo: it is part of every first load."""
LIGHT, DARK = ("#fdfcfa", "#f3efe8"), ("#171412", "#272220")
"""The backgrounds of palette.css that the accent is read on."""
_KINDS = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"RIFF": "image/webp",
}


@dataclass(frozen=True, slots=True)
class Logo:
    """An image, read once."""

    content: bytes
    kind: str


@dataclass(frozen=True, slots=True)
class Brand:
    """What the page is called and how it looks.

    Attributes:
        name: At the top of the page and in the browser's tab.
        logo: Beside the name; none if None.
        accent: The colour of marks and links, "#9f1d20"; the page's own if None.
        welcome: Above the first question; the page's own if None.
    """

    name: str = "Byline"
    logo: Logo | None = None
    accent: str | None = None
    welcome: str | None = None

    @property
    def css(self) -> str:
        """The accent, and for the dark page as much lighter as it needs to be; empty without one."""
        if not self.accent:
            return ""
        return f"body {{ --signed: light-dark({self.accent}, {lighter(self.accent, DARK)}); }}"


def brand_of(settings: PageSettings) -> Brand:
    """The brand that the settings name, its parts checked.

    Raises:
        SettingsError: The logo is no image or too large, or the accent is too pale to be read.
    """
    accent = settings.accent
    if accent and (found := min(contrast(accent, ground) for ground in LIGHT)) < ENOUGH:
        raise SettingsError(
            f"BYLINE_ACCENT: {accent} has a contrast of {found:.1f} to the page, too little to be read (at least "
            f"{ENOUGH}); try {darker(accent, LIGHT)}"
        )
    return Brand(settings.name, _logo(settings.logo) if settings.logo else None, accent, settings.welcome)


def _logo(path: Path) -> Logo:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise SettingsError(f"BYLINE_LOGO: {str(path)!r} cannot be read ({error.strerror})") from error
    if len(content) > LARGEST:
        raise SettingsError(f"BYLINE_LOGO: {str(path)!r} is larger than {LARGEST // 1000} kB; make it smaller")
    if kind := _kind(content):
        return Logo(content, kind)
    raise SettingsError(f"BYLINE_LOGO: {str(path)!r} is no PNG, JPEG, GIF, WebP or SVG image")


def _kind(content: bytes) -> str | None:
    """The media type of an image; None if it is none that a logo may be."""
    if content.lstrip().startswith((b"<svg", b"<?xml")) and b"<svg" in content:
        return "image/svg+xml"
    return next((kind for sign, kind in _KINDS.items() if content.startswith(sign)), None)
