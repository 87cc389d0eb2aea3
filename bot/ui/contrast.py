"""Whether a colour can be read on others, as WCAG 2 measures it."""

from collections.abc import Iterator, Sequence

ENOUGH = 4.5
"""The contrast that text needs at least (WCAG 2.2, 1.4.3)."""
Rgb = tuple[float, float, float]


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
