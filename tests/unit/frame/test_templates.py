"""Do all templates of the site keep the rules a page must keep?"""

import re
from pathlib import Path

import pytest
from django.template import Context, Template

import cordula_web
from cordula_web.frame.template_rules import breaches, template_files

SITE = Path(cordula_web.__file__).parent
FRAME = SITE / "frame" / "templates"
COMPONENTS = sorted((FRAME / "components").glob("*.html"))


@pytest.mark.parametrize("path", template_files(SITE), ids=lambda path: path.name)
def test_no_template_formats_styles_or_scripts_by_itself(path: Path) -> None:
    assert breaches(path.read_text()) == []


@pytest.mark.parametrize(
    ("source", "breach"),
    [
        ("{{ at|date:'d.m.Y' }}", "|date"),
        ("{{ value|floatformat:2 }}", "|floatformat"),
        ("{{ value | intcomma }}", "|intcomma"),
        ("{% now 'Y' %}", "{% now"),
        ('<p style="color: red">', "style="),
        ("<style>p {}</style>", "<style"),
        ('<button onclick="go()">', "onclick="),
        ("<script>go()</script>", "<script> without src"),
        ("{{ text|safe }}", "|safe"),
        ('<img src="https://example.org/a.png">', "https://"),
    ],
)
def test_a_breach_is_seen(source: str, breach: str) -> None:
    assert breach in breaches(source)


def test_what_is_allowed_is_no_breach() -> None:
    assert (
        breaches('{{ at|clin_date }} <script src="/a.js"></script> {# |date #} data-on="x"') == []
    )


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_every_component_opens_with_its_contract(path: Path) -> None:
    assert path.read_text().startswith("{# ")


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_every_component_renders_with_nothing_but_its_status(path: Path) -> None:
    bare: dict[str, object] = {"status": "met"}
    context = {
        "row": bare,
        "last": None,
        "verdict": {"unit": bare, "use": bare},
        "question": {},
        "request": None,
        "status": "met",
        "form": None,
    }
    source = '{% include "components/' + path.name + '" %}'
    Template(source).render(Context(context))


def test_every_icon_that_is_drawn_exists() -> None:
    sprite = set(re.findall(r'id="i-([\w]+)"', (FRAME / "components" / "icons.html").read_text()))
    drawn = set()
    for path in template_files(SITE):
        drawn |= set(re.findall(r'{% icon "(\w+)"', path.read_text()))
    assert drawn <= sprite
    from cordula_web.frame.status import LOOKS

    assert {shown.icon for shown in LOOKS.values()} <= sprite
