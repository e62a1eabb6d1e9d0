"""The evidence as clinicians, statisticians and the board read it: who may, what stands first, what is not there."""

import re

import pytest

from cordula_web.clinic.evidence import released
from cordula_web.people.accounts import Account
from cordula_web.people.sites import Membership
from tests import cast, site

pytestmark = pytest.mark.usefixtures("st_anna")
ADDRESSES = (
    "/evidence",
    "/evidence/claims",
    "/evidence/rvef-change",
    "/evidence/rvef-change/12",
    "/evidence/study/mayo-phase-2b",
    "/evidence/protocol/autologous-mnc-stage-2",
)


def somebody(role: str):
    who = Account.objects.create(username=f"reads as {role}", printed_name=role)
    Membership.objects.create(account=who, site_id=site.HERE, role_name=role)
    return site.browser(who.pk, role)


def text_of(address: str) -> str:
    return site.browser(cast.SURGEON).get(address).content.decode()


@pytest.mark.parametrize("role", ["surgeon", "cardiologist", "geneticist", "quality"])
def test_those_who_treat_and_answer_for_it_read_every_page(role):
    browser = somebody(role)
    assert {browser.get(address).status_code for address in ADDRESSES} == {200}


@pytest.mark.parametrize("role", ["statistician", "safety_board", "auditor"])
def test_those_who_plan_and_judge_a_trial_do_too(role):
    browser = somebody(role)
    assert {browser.get(address).status_code for address in ADDRESSES} == {200}
    assert 'href="/evidence"' in browser.get("/evidence").content.decode() or role == "auditor"


def test_whoever_has_no_part_in_it_is_told_who_has():
    refused = site.browser(cast.MIDWIFE, "collector").get("/evidence")
    assert refused.status_code == 403
    assert site.browser(cast.MIDWIFE, "collector").get("/evidence/claims").status_code == 403


@pytest.mark.parametrize(
    "address",
    [
        "/evidence/rvef-chang",
        "/evidence/rvef-change/13",
        "/evidence/rvef-change/12.0",
        "/evidence/rvef-change/sNaN",
        "/evidence/study/tycap",
        "/evidence/protocol/none",
        "/evidence/picture/none.svg",
        "/evidence/picture/..%2F2026-11.svg",
        "/evidence/study",
    ],
)
def test_what_was_never_released_is_not_there(address):
    assert site.browser(cast.SURGEON).get(address).status_code == 404


def test_every_answer_study_and_picture_of_the_snapshot_opens():
    browser = site.browser(cast.SURGEON)
    addresses = [f"/evidence/{a['question']}/{a['months']:g}" for a in released.answers().values()]
    addresses += [f"/evidence/study/{one}" for one in released.newest()["studies"]]
    addresses += [
        f"/evidence/picture/{one['name']}.svg"
        for key in released.answers()
        for one in released.pictures(key)
    ]
    assert [one for one in addresses if browser.get(one).status_code != 200] == []


def test_a_picture_is_an_image_under_the_policy_of_every_page():
    answer = site.browser(cast.SURGEON).get("/evidence/picture/rvef-change-12mo-forest.svg")
    assert answer["Content-Type"] == "image/svg+xml"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer.content.startswith(b"<svg")


def test_a_finding_against_the_cells_stands_before_the_number_for_them():
    text = text_of("/evidence/rvef-change/12")
    assert text.index("against cells") < text.index("5.6 percentage points")
    overview = text_of("/evidence")
    assert overview.index("against cells") < overview.index("no difference")
    assert overview.index("Mayo phase IIb") < overview.index("TICAP")


def test_awaited_and_unread_studies_say_when_somebody_last_looked():
    text = re.sub(r"<[^>]+>", "", text_of("/evidence"))
    assert "awaited: no result was found" in text
    assert text.count("22-Nov-2026") >= len(released.newest()["waiting"])


def test_a_number_from_memory_says_so_and_that_it_is_not_pooled():
    text = text_of("/evidence/study/perseus")
    assert "from memory, not checked; pooled only if asked for by name" in text
    assert "6.4 ± 5.5 (standard deviation), n 17" in text


def test_every_result_of_every_study_leads_to_its_source():
    browser = site.browser(cast.SURGEON)
    for id_, study in released.newest()["studies"].items():
        text = browser.get(f"/evidence/study/{id_}").content.decode()
        for one in study["results"]:
            source = study["sources"][one["source"]]
            named = source["doi"] or source["pmid"] or source["url"] or source["registry"]
            assert str(named or source["pmc"]) in text, (id_, one["measure"])


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_promises_anything(address):
    text = re.sub(r"<[^>]+>", " ", text_of(address)).lower()
    quoted = {claim["words"].lower() for claim in released.newest()["claims"]}
    for words in quoted:
        text = text.replace(words, "")
    assert not re.findall(r"\b(?:cures?|heals?|repairs|proven|promising|hopeful)\b", text)
    assert not re.findall(r"\b(?:is|are) safe\b", text)


def test_the_claims_tell_what_speaks_against_them_first():
    text = text_of("/evidence/claims")
    first = text.index("What speaks against it")
    assert first < text.index("What speaks for it")
    assert text.count("What would change this verdict") == len(released.newest()["claims"])


def test_without_a_snapshot_the_page_says_how_one_is_written(monkeypatch, tmp_path):
    from cordula.evidence import snapshot

    none = snapshot.read
    monkeypatch.setattr(snapshot, "read", lambda: none(None, tmp_path))
    browser = site.browser(cast.SURGEON)
    assert "cordula evidence snapshot" in browser.get("/evidence").content.decode()
    assert browser.get("/evidence/claims").status_code == 200
    assert browser.get("/evidence/rvef-change/12").status_code == 404
    assert browser.get("/evidence/study/ticap").status_code == 404
    assert browser.get("/evidence/picture/rvef-change-12mo-forest.svg").status_code == 404


def test_what_changed_since_the_snapshot_before_is_told(monkeypatch):
    monkeypatch.setattr(released, "earlier", lambda: "2026-08")
    monkeypatch.setattr(released, "changed", lambda: ("study child: numbers awaited became read",))
    text = text_of("/evidence")
    assert "Since snapshot 2026-08" in text
    assert "study child: numbers awaited became read" in text
