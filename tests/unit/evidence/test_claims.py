"""The ledger of claims says only what its studies say, and nothing that promises."""

import re

import pytest

from cordula.evidence.claims import Claim, Saying, claims
from cordula.evidence.library import OWN
from cordula.evidence.pooling import pool
from cordula.evidence.questions import questions

VERDICTS = {
    "heart-function": "partly",
    "structure-and-rhythm": "not_supported",
    "arteries-and-valves": "not_supported",
    "inflammation": "animals_only",
    "collection-risk": "partly",
}
PROMISES = (
    "safe ",
    "safe.",
    "safely",
    "cures",
    "repairs",
    "benefit",
    "promising",
    "regenerat",
    "hope",
    "breakthrough",
)
# Numbers that are a person's words for what a file says otherwise: “first”, “ten years”, a year of a document.
WORDS = {"95", "2026"}


def texts(saying: Saying) -> str:
    if saying.study:
        return (OWN / "studies" / f"{saying.study}.toml").read_text(encoding="utf-8")
    for path in (OWN / "facts").glob("*.toml"):
        for block in path.read_text(encoding="utf-8").split("[[facts]]"):
            if f'id = "{saying.fact}"' in block:
                return block
    raise AssertionError(saying)


def test_the_five_common_claims_have_their_verdicts() -> None:
    assert {claim.id: claim.verdict for claim in claims()} == VERDICTS


@pytest.mark.parametrize("claim", claims(), ids=lambda claim: claim.id)
def test_each_has_studies_on_both_sides_and_what_would_change_it(claim: Claim) -> None:
    assert claim.said_for
    assert claim.said_against
    assert claim.missing
    assert claim.would_change


@pytest.mark.parametrize("claim", claims(), ids=lambda claim: claim.id)
def test_every_number_of_a_claim_stands_in_the_file_it_names(claim: Claim) -> None:
    for saying in (*claim.said_for, *claim.said_against):
        text = texts(saying)
        known = set(re.findall(r"\d+(?:\.\d+)?", text))
        known |= {number.rstrip("0").rstrip(".") for number in known if "." in number}
        for number in re.findall(r"\d+(?:\.\d+)?", saying.says):
            near = {number, number.rstrip("0").rstrip(".") if "." in number else number}
            assert near & known or number in WORDS, (claim.id, saying.says, number)


def test_heart_function_is_not_supported_for_cord_blood_in_its_first_sentence() -> None:
    assert claims()[0].short.startswith("For cord blood cells, no.")


def test_no_text_of_the_evidence_promises() -> None:
    for path in OWN.rglob("*.toml"):
        text = re.sub(r"https?://\S+", "", path.read_text(encoding="utf-8").lower())
        assert not [word for word in PROMISES if word in text], path.name


def test_no_answer_promises_and_the_unfavourable_is_told_first() -> None:
    for one in questions().values():
        for months in one.months:
            said = " ".join(pool(one, months).in_words).lower()
            assert not [word for word in PROMISES if word in said], one.id
    first = pool("rvef-change", 12).in_words[0]
    assert first.index("against cells") < first.index("no difference")
    assert "95 children" in first
