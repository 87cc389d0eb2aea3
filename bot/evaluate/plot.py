"""Coverage against correctness as SVG: two lines in the unit square and a mark for each setting.

A plotting library would be six packages more for this one plot, whose axes never change.
"""

from collections.abc import Iterable, Mapping, Sequence
from xml.etree.ElementTree import Element, SubElement, tostring

from bot.evaluate.caution import Point

WIDTH, HEIGHT = 640, 460
LEFT, TOP, SIDE_X, SIDE_Y = 70, 50, 540, 340
"""The position of the unit square, in pixels."""
CORRECT, DECLINED, INK, GRID = "#0b6e4f", "#b3541e", "#222222", "#dddddd"
LEGEND = ((CORRECT, "correct among answered"), (DECLINED, "unanswerable questions declined"))


def draw(curve: Sequence[Point], settings: Mapping[str, Point], chosen: str | None) -> str:
    """The plot as an SVG document.

    Args:
        curve: In order of falling share answered.
        settings: The thresholds of the settings, by name.
        chosen: The setting in use, whose mark is filled.
    """
    svg = Element("svg", xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH} {HEIGHT}", role="img")
    svg.set("font-family", "sans-serif")
    svg.set("font-size", "13")
    SubElement(svg, "title").text = "What answering more of the questions costs"
    SubElement(svg, "rect", width="100%", height="100%", fill="white")
    _axes(svg)
    _line(svg, CORRECT, ((point.answered, point.correct) for point in curve))
    _line(svg, DECLINED, ((point.answered, point.declined) for point in curve))
    for name, point in settings.items():
        _mark(svg, CORRECT, point.answered, point.correct, name, filled=name == chosen)
        _mark(svg, DECLINED, point.answered, point.declined, "", filled=name == chosen)
    return tostring(svg, encoding="unicode")


def _place(x: float, y: float) -> tuple[str, str]:
    return f"{LEFT + x * SIDE_X:.1f}", f"{TOP + (1 - y) * SIDE_Y:.1f}"


def _text(svg: Element, x: float, y: float, words: str, **looks: str) -> None:
    SubElement(svg, "text", {"x": f"{x:.1f}", "y": f"{y:.1f}", "fill": INK} | looks).text = words


def _axes(svg: Element) -> None:
    for tick in range(0, 101, 20):
        for start, end in (((tick, 0), (tick, 100)), ((0, tick), (100, tick))):
            (x1, y1), (x2, y2) = (_place(x / 100, y / 100) for x, y in (start, end))
            SubElement(svg, "line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=GRID)
        _text(svg, LEFT + tick / 100 * SIDE_X, TOP + SIDE_Y + 20, f"{tick} %", **{"text-anchor": "middle"})
        _text(svg, LEFT - 8, TOP + (1 - tick / 100) * SIDE_Y + 4, f"{tick} %", **{"text-anchor": "end"})
    middle = LEFT + SIDE_X / 2
    _text(svg, middle, TOP + SIDE_Y + 45, "answerable questions answered", **{"text-anchor": "middle"})
    for row, (colour, words) in enumerate(LEGEND):
        _text(svg, LEFT + row * SIDE_X / 2, TOP - 22, f"— {words}", fill=colour)


def _line(svg: Element, colour: str, places: Iterable[tuple[float, float | None]]) -> None:
    drawn = " ".join(",".join(_place(x, y)) for x, y in places if y is not None)
    if drawn:
        SubElement(svg, "polyline", {"points": drawn, "fill": "none", "stroke": colour, "stroke-width": "2"})


def _mark(svg: Element, colour: str, x: float, y: float | None, name: str, filled: bool) -> None:
    if y is None:
        return
    cx, cy = _place(x, y)
    SubElement(svg, "circle", cx=cx, cy=cy, r="5", fill=colour if filled else "white", stroke=colour)
    _text(svg, float(cx), float(cy) - 10, name, **{"text-anchor": "middle"})
