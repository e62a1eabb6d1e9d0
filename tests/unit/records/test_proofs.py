"""The material of a passport is the whole history, and its proofs lead to a checkpoint that is signed."""

import pytest

from cordula.events.record_keeping import PassportIssued
from cordula.ledger import proof
from cordula.vocabulary.identifiers import SiteId, stream_of
from cordula_web.records import queries, tree
from cordula_web.records.outside import outside
from cordula_web.records.proofs import passport_material, proofs_for
from cordula_web.records.refusals import NotHere
from cordula_web.records.signer import checkpoint_now
from tests import cast
from tests.unit.records.conftest import ELSEWHERE, Recording, life_so_far

NOW = cast.after_birth(days=160)


def test_the_material_is_the_whole_history_with_its_issue_last(
    recording: Recording, site: SiteId
) -> None:
    recording(life_so_far())
    recording([PassportIssued(unit=cast.UNIT, recipient="St Luke", by=cast.QUALITY, at=NOW)])
    material = passport_material(cast.UNIT, site=site, now=NOW)
    assert len(material.entries) == queries.unit(cast.UNIT, site=site).version
    assert material.stream == stream_of(cast.UNIT)
    assert b'"type":"PassportIssued"' in material.entries[-1]
    key = outside().trusted_key()
    for entry, text in zip(
        material.entries, proofs_for(material.indexes, material.note), strict=True
    ):
        assert proof.check(entry, text, [key]).size == len(life_so_far()) + 1


def test_another_site_gets_none(recording: Recording, site: SiteId) -> None:
    recording(life_so_far())
    with pytest.raises(NotHere):
        passport_material(cast.UNIT, site=ELSEWHERE, now=NOW)


def test_a_ledger_of_more_than_a_tile_proves_all_its_entries(
    recording: Recording, site: SiteId
) -> None:
    recording(life_so_far())
    weighed = cast.theatre()[1]
    recording([type(weighed)(**{**vars(weighed), "at": NOW})] * 300)
    size = queries.as_of().index + 1
    note = checkpoint_now(NOW)
    _, frontier = tree.stored_head()
    assert tree.root_at(tree.stored_tree(), size) == frontier.root()
    key = outside().trusted_key()
    chosen = [0, 255, 256, size - 1]
    for index, text in zip(chosen, proofs_for(chosen, note), strict=True):
        found = proof.parse(text)
        assert found.index == index
        head = proof.checkpoint.open_checkpoint(found.signed, [key])
        entry = entry_at(index)
        proof.check_under(entry, found, head)


def entry_at(index: int) -> bytes:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM entry WHERE index = %s", [index])
        return bytes(cursor.fetchone()[0])
