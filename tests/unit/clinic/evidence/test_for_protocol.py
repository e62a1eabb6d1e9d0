"""Each protocol leads to the questions of its own cells and route, and only for those who may read them."""

from pathlib import Path

import pytest

import cordula.protocols
from cordula.evidence.questions import questions
from cordula.evidence.words import listed
from cordula_web.clinic.evidence.for_protocol import rules
from cordula_web.clinic.evidence.urls import urlpatterns
from tests import cast, site
from tests.unit.journey import cast as journey

LIBRARY = Path(cordula.protocols.__file__).parent / "library"
WHEN = cast.after_birth(days=160)


def test_every_protocol_of_the_library_has_its_rule_and_no_other():
    assert set(rules()) == {path.parent.name for path in LIBRARY.glob("*/protocol.toml")}


@pytest.mark.parametrize("protocol", rules())
def test_a_rule_names_questions_cells_and_routes_that_there_are(protocol):
    rule = rules()[protocol]
    assert set(rule.questions) <= set(questions())
    assert set(rule.cells) <= set(listed("cells"))
    assert set(rule.routes) <= set(listed("routes"))
    assert rule.note


def test_no_question_is_named_as_a_page_of_the_evidence():
    taken = {str(one.pattern).split("/")[1] for one in urlpatterns if "/" in str(one.pattern)}
    assert not taken & set(questions())


@pytest.mark.usefixtures("st_anna")
@pytest.mark.parametrize("address", [f"/child/{cast.LINA}", f"/unit/{cast.DIN}"])
def test_the_pages_of_a_child_and_her_unit_lead_there(address, clock, monkeypatch):
    monkeypatch.setitem(rules(), journey.PROTOCOL.id, rules()["practice-mnc-stage-2"])
    site.record_life(journey.before_release())
    clock(WHEN)
    link = f'href="/evidence/protocol/{journey.PROTOCOL.id}"'
    assert link in site.browser(cast.SURGEON).get(address).content.decode()
    assert link not in site.browser(cast.NURSE).get(address).content.decode()


@pytest.mark.usefixtures("st_anna")
def test_the_same_cells_stand_there_the_largest_study_first_and_other_routes_are_said():
    browser = site.browser(cast.SURGEON)
    text = browser.get("/evidence/protocol/autologous-mnc-stage-2").content.decode()
    assert text.index("Mayo phase IIb") < text.index("Mayo phase I<") < text.index("Duke")
    assert "not as in this protocol" in text
