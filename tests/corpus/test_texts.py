"""The text of an article, however it was saved."""

from io import BytesIO

import docx
import pytest

from tests.corpus.reading import only_article, only_rejected, parsed

STORY = "The lighthouse of Cape Orne shines again after a year, its keeper said on Monday."
WALL = "<div><h3>To continue reading, please subscribe</h3><p>Already a subscriber? Log in</p></div>"


def page(body: str, head: str = "") -> bytes:
    return f"<html><head><title>Lighthouse</title>{head}</head><body><article>{body}</article></body></html>".encode()


def test_the_offer_of_a_paid_wall_is_no_part_of_a_page() -> None:
    article = only_article(parsed("a.html", page(f"<h1>Lighthouse shines</h1><p>{STORY}</p>{WALL}")))
    assert article.text == STORY


def test_a_page_that_is_only_a_wall_is_rejected() -> None:
    for wall in (WALL, "<p>We and our 812 partners use cookies to show you advertising.</p><p>Accept all</p>"):
        reason = only_rejected(parsed("a.html", page(f"<h1>Lighthouse shines</h1>{wall}"))).reason
        assert reason == "shows an offer to subscribe or a question about cookies, not its article"


def test_soft_hyphens_and_blanks_of_a_title_go() -> None:
    article = only_article(
        parsed("a.html", page(f"<h1>Leucht&shy;turm&nbsp;brennt</h1><p>Leucht&shy;turm. {STORY}</p>"))
    )
    assert (article.title, article.text) == ("Leuchtturm brennt", f"Leuchtturm. {STORY}")


def test_the_cut_note_of_a_news_api_is_no_part_of_the_text() -> None:
    record = f'{{"title": "Lighthouse", "content": "{STORY} It was… [+2841 chars]"}}'
    assert only_article(parsed("a.json", record.encode())).text == f"{STORY} It was…"


@pytest.mark.parametrize("encoding", ["cp1250", "iso-8859-2"])
@pytest.mark.parametrize(
    "text",
    [
        "Latarnia znów świeci\n\nLatarnik powiedział, że żarówka była ciemna przez rok, a łodzie omijały przylądek.",
        "Maják opět svítí\n\nStrážce řekl, že žárovka byla rok zhasnutá a lodě mys míjely z větší dálky.",
    ],
)
def test_central_european_letters_are_not_taken_for_western_ones(text: str, encoding: str) -> None:
    article = only_article(parsed("a.txt", text.encode(encoding)))
    assert f"{article.title}\n\n{article.text}" == text


def test_text_that_was_encoded_twice_is_repaired() -> None:
    text = "Größe des Turms\n\n7. Oktober 2021\n\nDer Wärter „freut“ sich über schöne Lämpchen für 3 €."
    twice = text.encode().decode("cp1252", "replace")
    article = only_article(parsed("a.txt", twice.encode()))
    assert (article.title, article.published and article.published.year) == ("Größe des Turms", 2021)
    assert "Wärter" in article.text
    table = only_article(parsed("a.csv", f"title,text\nT,{twice.splitlines()[-1]}\n".encode()))
    assert "schöne Lämpchen" in table.text


def test_capitals_with_accents_are_not_repaired() -> None:
    text = "SÃO JOÃO\n\nA AÇÃO não é Âmbar, disse Ângela."
    assert only_article(parsed("a.txt", text.encode())).text.endswith("A AÇÃO não é Âmbar, disse Ângela.")


def test_a_table_in_a_cell_of_a_word_document_is_read() -> None:
    document = docx.Document()
    document.add_heading("Lighthouse", 0)
    document.add_paragraph(STORY)
    outer = document.add_table(1, 2)
    outer.cell(0, 0).text, outer.cell(0, 1).text = "Lamp", "400 watt"
    outer.cell(0, 1).add_table(1, 1).cell(0, 0).text = "made in 1950"
    saved = BytesIO()
    document.save(saved)
    assert only_article(parsed("a.docx", saved.getvalue())).text.split("\n\n")[1:] == [
        "Lamp | 400 watt",
        "made in 1950",
    ]


def test_lines_broken_at_a_width_are_joined_and_others_are_not() -> None:
    broken = (
        "The lighthouse of Cape Orne shines\nagain after a year, its keeper Nora\nKest said on Monday.\n\nIt was dark."
    )
    wide = (
        "The lighthouse of Cape Orne shines again after a\nyear, its keeper Nora Kest said on Monday. The\nlamp is new."
    )
    article = only_article(parsed("a.txt", f"Lighthouse\n\n{wide}".encode()))
    assert article.text == wide.replace("a\nyear", "a year").replace("The\nlamp", "The lamp")
    poem = "Shine, lamp, over the long and narrow cape\nuntil the day\nand then rest\nfor a while"
    for text in (poem, broken):
        assert only_article(parsed("a.txt", f"Lighthouse\n\n{text}".encode())).text == text
