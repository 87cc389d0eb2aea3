"""How a portal makes the page its own: name, logo, accent colour, welcome."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.page_settings import PageSettings
from corpus.errors import SettingsError

LARGEST = 100_000
"""Bytes of a logo: it is part of every first load."""
LIGHT, DARK = ("#fdfcfa", "#f3efe8"), ("#171412", "#272220")
"""The backgrounds of palette.css that the accent is read on."""
ENOUGH = 4.5
"""The contrast that text needs at least (WCAG 2.2, 1.4.3)."""
Rgb = tuple[float, float, float]
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


def contrast(one: str, other: str) -> float:
    """The contrast of two colours "#rrggbb", from 1 (none) to 21."""
    dark, light = sorted((_luminance(_rgb(one)), _luminance(_rgb(other))))
    return (light + 0.05) / (dark + 0.05)


def darker(colour: str, grounds: Sequence[str]) -> str:
    """The colour, with as much black as it takes to be read on all these."""
    return next(mixed for mixed in _mixed(colour, 0.0) if _is_read(mixed, grounds))


def lighter(colour: str, grounds: Sequence[str]) -> str:
    """The same with white."""
    return next(mixed for mixed in _mixed(colour, 1.0) if _is_read(mixed, grounds))


def _is_read(colour: str, grounds: Sequence[str]) -> bool:
    return all(contrast(colour, ground) >= ENOUGH for ground in grounds)


def _mixed(colour: str, end: float) -> Iterator[str]:
    for step in range(21):
        mixed = (part + (end - part) * step / 20 for part in _rgb(colour))
        yield "#" + "".join(f"{round(255 * part):02x}" for part in mixed)


def _rgb(colour: str) -> Rgb:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return red, green, blue


def _luminance(rgb: Rgb) -> float:
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
