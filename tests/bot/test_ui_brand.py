"""A portal's own name, logo, colour and welcome."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.portal.site import build_site
from bot.settings import Settings
from bot.ui.brand import DARK, ENOUGH, LARGEST, LIGHT, brand_of, contrast, darker, lighter
from corpus.errors import SettingsError
from tests.bot.fakes import ScriptedBot

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#9f1d20", "#9f1d20") == 1


@given(COLOURS)
def test_any_colour_is_made_readable(colour: str) -> None:
    assert all(contrast(darker(colour, LIGHT), ground) >= ENOUGH for ground in LIGHT)
    assert all(contrast(lighter(colour, DARK), ground) >= ENOUGH for ground in DARK)


def test_the_grounds_are_those_of_the_palette() -> None:
    palette = (Path(__file__).parents[2] / "bot/ui/palette.css").read_text()
    grounds = dict(re.findall(r"--(paper|tint): light-dark\((.*?)\)", palette))
    assert {tuple(ground.split(", ")) for ground in grounds.values()} == set(zip(LIGHT, DARK, strict=True))


def test_a_pale_accent_is_refused_with_one_that_can_be_read() -> None:
    with pytest.raises(
        SettingsError, match=r"BYLINE_ACCENT: #ffcc00 has a contrast of 1\.\d .* try #[0-9a-f]{6}"
    ) as raised:
        brand_of(Settings(accent="#FFCC00"))
    tried = str(raised.value)[-7:]
    assert f"light-dark({tried}, " in brand_of(Settings(accent=tried)).css
    with pytest.raises(ValidationError, match="write a colour like #9f1d20"):
        Settings(accent="red; } body { display: none")


@pytest.mark.parametrize(("content", "kind"), [(PNG, "image/png"), (SVG, "image/svg+xml"), (b"GIF89a", "image/gif")])
def test_a_logo_is_served_with_its_detected_type_and_cannot_run_scripts(
    tmp_path: Path, content: bytes, kind: str
) -> None:
    logo = tmp_path / "logo.txt"
    logo.write_bytes(content)
    settings = Settings(name="The <Post>", logo=logo, welcome="Ask <us>")
    with TestClient(build_site(ScriptedBot(), settings=settings)) as client:
        assert client.get("/favicon.ico").content == content
        reply = client.get("/logo")
        assert (reply.content, reply.headers["content-type"]) == (content, kind)
        assert "sandbox" in reply.headers["content-security-policy"]
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert "<Post>" not in client.get("/").text


def test_without_a_logo_the_tabs_icon_is_bylines_own_at_an_address_below_the_page() -> None:
    with TestClient(build_site(ScriptedBot())) as client:
        assert '<link rel="icon" href="favicon.ico">' in client.get("/").text
        reply = client.get("/favicon.ico")
    assert reply.headers["content-type"] == "image/svg+xml"
    assert b"<svg" in reply.content


@pytest.mark.parametrize("content", [b"", b"<html><svg>", b"MZ", b"<?xml version='1.0'?><html/>"])
def test_a_file_that_is_no_image_is_refused_as_logo(tmp_path: Path, content: bytes) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(content)
    with pytest.raises(SettingsError, match=r"BYLINE_LOGO: .* is no PNG"):
        brand_of(Settings(logo=logo))


def test_a_logo_that_is_missing_or_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"BYLINE_LOGO: .* cannot be read"):
        brand_of(Settings(logo=tmp_path / "none.png"))
    (tmp_path / "big.png").write_bytes(PNG + b"\0" * LARGEST)
    with pytest.raises(SettingsError, match="is larger than 100 kB"):
        brand_of(Settings(logo=tmp_path / "big.png"))
