"""Small PDF files, written by hand."""

Line = tuple[int, int, int, str]
"""Size, distance from the left and from the bottom, and words."""


def pdf_of(pages: list[list[Line]], info: str = "") -> bytes:
    """A PDF with these lines of Helvetica on its pages."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        f"<< {info} >>",
    ]
    for number, lines in enumerate(pages):
        content = "".join(f"BT /F {size} Tf {x} {y} Td ({words}) Tj ET\n" for size, x, y, words in lines)
        font = "<< /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >>"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R"
            f" /Resources << /Font {font} >> >>",
            f"<< /Length {len(content)} >>\nstream\n{content}endstream",
        ]
    body, places = "%PDF-1.4\n", []
    for number, written in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{written}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    body += f"xref\n0 {size}\n0000000000 65535 f \n{table}"
    ending = f"trailer\n<< /Size {size} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{body.index('xref')}\n%%EOF\n"
    return (body + ending).encode("cp1252")


def column(top: int, *lines: str, size: int = 10) -> list[Line]:
    """Lines under each other, from a height down; an empty one leaves a gap."""
    return [(size, 72, top - 12 * number, words) for number, words in enumerate(lines) if words]
