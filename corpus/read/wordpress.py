"""WordPress's own additions in its exports: shortcodes, and the names behind logins."""

import re
from io import BytesIO

from lxml import etree

from corpus.clean import one_line

_SHORTCODE = re.compile(r"\[(/?)(caption|wp_caption|gallery|embed|audio|video|playlist)\b[^\[\]]{0,2000}\]")
LONGEST_CAPTION = 5000  # characters up to the closing shortcode; without one, only the opening one is removed


def without_shortcodes(text: str) -> str:
    """The text without pictures, their captions, and players."""
    kept, place = [], 0
    opened: re.Match[str] | None = None
    for found in _SHORTCODE.finditer(text) if "[" in text else ():
        ends = found[1] and opened and opened[2] == found[2] and found.start() - opened.end() <= LONGEST_CAPTION
        if not ends:
            kept.append(text[place : found.start()])
        opened, place = None if found[1] else found, found.end()
    return "".join([*kept, text[place:]])


def display_names(export: bytes) -> dict[str, str]:
    """The display names of authors, by login, up to where the XML breaks."""
    names: dict[str, str] = {}
    parser = etree.iterparse(BytesIO(export), events=("end",), resolve_entities=False, no_network=True, recover=True)
    try:
        for _, element in parser:
            kind = etree.QName(element).localname if isinstance(element.tag, str) else ""
            if kind == "author":
                fields = {etree.QName(part).localname: one_line(part.text or "") for part in element if part.tag}
                names[fields.get("author_login", "")] = fields.get("author_display_name", "")
            elif kind == "item":
                break  # the authors come first
    except (etree.LxmlError, ValueError):
        pass
    return {login: name for login, name in names.items() if login and name}
