"""Can every word be read, by night too, and do the style sheets keep the house's rules?"""

import gzip
import re
from pathlib import Path

import pytest

import cordula_web.frame

STATIC = Path(cordula_web.frame.__file__).parent / "static" / "frame"
SHEETS = sorted(STATIC.glob("*.css"))
ROOT = Path(__file__).parents[3]

TEXT_ON = [
    *(
        (ink, ground)
        for ink in ("ink", "ink-2", "link")
        for ground in ("paper", "wash", "lock-wash")
    ),
    *(("ink", f"{tone}-wash") for tone in ("met", "not", "wait", "brand")),
    *((tone, "paper") for tone in ("met", "not", "wait", "lock", "brand")),
    *((tone, f"{tone}-wash") for tone in ("met", "not", "wait", "lock", "brand")),
    ("ink-2", "not-wash"),
    ("ink-2", "wait-wash"),
    ("brand", "not-wash"),
    ("brand", "wait-wash"),
    ("brand-2", "brand-wash"),
    ("lock", "wash"),
    ("on-brand", "brand"),
    ("on-brand", "brand-2"),
    ("paper", "not"),
    ("bar-ink", "bar"),
    ("bar-ink-2", "bar"),
    ("bar-ink-2", "bar-field"),
]
EDGES_ON = [("rule-2", "paper"), ("rule-2", "wash"), ("bar-rule", "bar"), ("brand", "paper")]


def tokens(theme: str) -> dict[str, str]:
    sheet = (STATIC / "tokens.css").read_text()
    light, dim = sheet.split('[data-theme="dim"]', 1)
    named = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return (
        named if theme == "light" else named | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", dim))
    )


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("theme", ["light", "dim"])
@pytest.mark.parametrize(("ink", "ground"), TEXT_ON)
def test_text_stands_out_from_its_ground(theme: str, ink: str, ground: str) -> None:
    named = tokens(theme)
    assert contrast(named[ink], named[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dim"])
@pytest.mark.parametrize(("edge", "ground"), EDGES_ON)
def test_the_edge_of_a_field_can_be_seen(theme: str, edge: str, ground: str) -> None:
    named = tokens(theme)
    assert contrast(named[edge], named[ground]) >= 3


def test_dim_is_drawn_anew_for_every_colour_that_matters() -> None:
    light, dim = tokens("light"), tokens("dim")
    assert [name for name in light if light[name] == dim[name]] == ["focus"]


def test_dim_never_reaches_paper() -> None:
    before_dim = (STATIC / "tokens.css").read_text().split('[data-theme="dim"]')[0]
    assert before_dim.rstrip().endswith("@media screen {")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_nothing_is_cut_off_and_nothing_comes_from_elsewhere(sheet: Path) -> None:
    text = sheet.read_text()
    assert "ellipsis" not in text
    assert "line-clamp" not in text
    assert not re.search(r"https?://(?!www\.w3\.org)|//[a-z]", text)
    assert "font-style: italic" not in text


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_token_a_sheet_uses_is_defined(sheet: Path) -> None:
    everywhere = "".join(other.read_text() for other in SHEETS)
    defined = set(re.findall(r"--([\w-]+):", everywhere))
    assert set(re.findall(r"var\(--([\w-]+)", sheet.read_text())) <= defined


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_file_a_sheet_names_is_there(sheet: Path) -> None:
    fonts = {
        "plex": "@fontsource-variable/ibm-plex-sans/files",
        "atkinson": "@fontsource/atkinson-hyperlegible-mono/files",
    }
    for url in re.findall(r'url\("([^"]+)"\)', sheet.read_text()):
        if url.startswith("../fonts/"):
            _, _, family, name = url.split("/")
            assert (ROOT / "node_modules" / fonts[family] / name).is_file(), url
        else:
            assert (STATIC / url).is_file(), url


def test_the_sheets_stay_small() -> None:
    """A page is to stay under 60 KB, compressed and without its fonts: that is what a ward with poor Wi-Fi waits for.

    Of these htmx takes 17 KB, and the page itself with its scripts needs the most of what is left, so the sheets
    may take 14 KB. What a sheet weighs before compression nobody waits for: comments and spaces cost nothing.
    """
    sent = sum(len(gzip.compress(sheet.read_bytes(), mtime=0)) for sheet in SHEETS)
    assert sent <= 14 * 1024
