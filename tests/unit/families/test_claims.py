"""The ledger of claims: every claim with its verdict, who says so, who does not, and what would change it."""

import html

import pytest
from django.test import Client

from cordula.evidence.claims import claims
from cordula_web.families import ledger


@pytest.fixture
def page(stranger: Client) -> str:
    return html.unescape(stranger.get("/aid/en/claims").content.decode())


def test_every_claim_is_there_with_both_sides(page: str) -> None:
    assert len(claims()) >= 5
    for claim in claims():
        for words in (claim.words, claim.verdict_words, claim.short, claim.would_change):
            assert words in page
        for saying in (*claim.said_for, *claim.said_against):
            assert saying.says in page


def test_everything_that_is_said_can_be_found() -> None:
    for entry in ledger.claims():
        for voice in (*entry.said_for, *entry.said_against):
            assert voice.places, voice.words
            for place in voice.places:
                assert place.named
                assert not place.named.startswith("http"), place.named


def test_a_study_read_in_several_places_names_them_all() -> None:
    (said,) = [v for e in ledger.claims() for v in e.said_against if "Survival" in v.words]
    assert "PMID 39526355" in [place.named for place in said.places]


def test_the_day_of_checking_is_said(page: str) -> None:
    assert "Last checked on 22\u00a0November\u00a02026." in page
