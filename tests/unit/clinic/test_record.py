"""The whole record: nothing is left out, what was voided stays readable, and each reads what they may."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cordula.events.course import AdverseEventReported
from cordula.events.envelope import Envelope, Place
from cordula.events.event import Event, NotUnderstood
from cordula.events.laboratory import Divided
from cordula.events.parts import Answer, Part, PartKind
from cordula.events.quality import Deviated, Voided
from cordula.events.sealed import Sealed
from cordula.units.unit import Unit
from cordula.vocabulary.identifiers import ProductKey, SiteId, stream_of
from cordula_web.clinic.entries import Entry, entries, may_read
from cordula_web.clinic.event_words import TITLES, field_label, title_of
from cordula_web.clinic.field_words import Reading
from cordula_web.clinic.standing_states import standing_states
from cordula_web.clinic.unit_tables import counts, deviations, mothers_results, products, results
from cordula_web.people.duties import People
from tests import cast
from tests.unit.clinic.conftest import acting
from tests.unit.journey import cast as journey

STREAM = stream_of(cast.UNIT)
WORDS = Sealed("a" * 64)
READING = Reading(
    zone=cast.BIRTH.tzinfo,  # type: ignore[arg-type]
    people=People(printed={cast.TECHNOLOGIST: "T. Brandt"}),
    places={cast.TANK: "Tank 3, Rack B, Box 7"},
    words={WORDS.digest: "The bag slipped."},
    may_read=lambda event: True,
)


def recorded(events: list[Event], later: timedelta = timedelta()) -> tuple[Entry, ...]:
    """These events as entries of the unit's history."""
    envelopes = [
        Envelope(
            origin="cordula.example",
            index=100 + number,
            recorded_at=event.at + later,
            key=f"key-{number}",
            site=SiteId("st-anna"),
            places=(Place(STREAM, number, ""),),
            event=event,
        )
        for number, event in enumerate(events, 1)
    ]
    return entries(envelopes, Unit.replay(events), STREAM, READING)


def of_the_unit() -> list[Event]:
    return [event for event in cast.whole_life() if STREAM in event.concerns()]


def deviated() -> Deviated:
    return Deviated(
        units=(cast.UNIT,),
        number="DEV-142",
        what=WORDS,
        harm=False,
        by=cast.TECHNOLOGIST,
        at=cast.after_birth(days=2),
    )


# --- Entries --------------------------------------------------------------------------------------


def test_the_newest_entry_stands_first_with_its_number_and_version() -> None:
    told = recorded(of_the_unit())
    assert [entry.version for entry in told] == list(range(len(told), 0, -1))
    assert told[-1].number == 101
    assert told[-1].title == "Kit set aside"


def test_every_kind_of_event_has_words_of_its_own() -> None:
    from cordula.events.kinds import KINDS

    assert KINDS.keys() <= TITLES.keys()


def test_every_value_of_a_whole_life_can_be_said() -> None:
    for entry in recorded(of_the_unit()):
        for label, value in entry.facts:
            assert value, f"{entry.title}: {label}"
            assert "Quantity(" not in value
            assert "ProductKey(" not in value


def test_a_voided_entry_is_kept_and_marked() -> None:
    counted = cast.count("tnc_concentration", "36", "10*6/mL", "pre_freeze")
    voiding = Voided(
        unit=cast.UNIT, version=2, reason=WORDS, by=cast.QUALITY, at=cast.after_birth(days=3)
    )
    told = recorded([cast.before_birth()[1], counted, voiding])
    assert [(entry.title, entry.voided) for entry in told] == [
        ("Entry voided", False),
        ("Counted", True),
        ("Kit set aside", False),
    ]


def test_what_was_written_down_later_says_when() -> None:
    assert not recorded(of_the_unit(), timedelta(minutes=5))[0].recorded_late
    assert recorded(of_the_unit(), timedelta(hours=2))[0].recorded_late


def test_an_entry_that_is_not_understood_is_shown_as_such() -> None:
    strange = NotUnderstood(
        kind="Teleported", schema=3, streams=(STREAM,), by=cast.QUALITY, at=cast.after_birth(days=9)
    )
    told = recorded([cast.before_birth()[1], strange])[0]
    assert (told.title, told.understood) == ("Not understood: “Teleported”, form 3", False)
    states = standing_states(Unit.replay([cast.before_birth()[1], strange]), None, None, "")
    assert states[0].title == "Part of this record is not understood."


# --- Words ----------------------------------------------------------------------------------------


def harm() -> AdverseEventReported:
    return AdverseEventReported(
        infant=cast.LINA,
        units=(cast.UNIT,),
        number="AE-1",
        category="arrhythmia",
        grade=2,
        serious=False,
        expected=Answer.NO,
        related_to_product="unlikely",
        related_to_procedure="possible",
        started_at=cast.after_birth(days=172),
        words=WORDS,
        by=cast.SURGEON,
        at=cast.after_birth(days=172),
    )


@pytest.mark.parametrize(("role", "reads"), [("surgeon", True), ("technologist", False)])
def test_words_about_the_child_are_for_those_who_care_for_her(role: str, reads: bool) -> None:
    assert may_read(acting(role), harm()) is reads
    assert may_read(acting(role), deviated())


def test_words_that_a_role_does_not_read_are_sealed_to_it() -> None:
    sealed = replace(READING, may_read=lambda event: False)
    assert dict(sealed.facts(harm()))["In words"].startswith("Sealed.")
    assert dict(READING.facts(harm()))["In words"] == "The bag slipped."


def test_erased_words_are_said_to_be_erased() -> None:
    assert dict(replace(READING, words={}).facts(harm()))["In words"] == "The words were erased."


def test_a_field_without_words_of_its_own_is_said_as_it_is_called() -> None:
    assert field_label("anticoagulant") == "Anticoagulant"
    assert title_of(deviated()) == "Deviation"


# --- Tables ---------------------------------------------------------------------------------------


def test_products_stand_under_what_they_were_made_from() -> None:
    whole = Part(product=cast.BLOOD, kind=PartKind.BAG, volume=cast.q("92", "mL"))
    vial = Part(product=cast.VIAL_A, kind=PartKind.VIAL, parent=cast.BLOOD)
    stray = Part(
        product=cast.SEGMENT,
        kind=PartKind.SEGMENT,
        parent=ProductKey(cast.DIN, "D0009", "00"),
    )
    divided = Divided(
        unit=cast.UNIT,
        parts=(whole, vial, stray),
        by=cast.TECHNOLOGIST,
        at=cast.after_birth(hours=20),
    )
    table = products(Unit.replay([cast.before_birth()[1], divided]), {})
    assert [(str(row.cells[0].text), row.level) for row in table.rows] == [
        ("Bag", 0),
        ("Vial", 1),
        ("Test segment", 0),
    ]


def test_a_product_in_storage_says_where() -> None:
    unit, _ = journey.histories(cast.before_birth() + cast.birth() + cast.laboratory())
    table = products(unit, READING.places)
    assert table.rows[0].cells[3].text == "Tank 3, Rack B, Box 7, C4"


def test_counts_stand_in_the_order_of_life() -> None:
    late = cast.count("nucleated_viability", "81", "%", "post_thaw", cell_type="nucleated")
    early = cast.count("volume", "92", "mL", "collected", at=cast.after_birth(days=3))
    table = counts(Unit.replay([cast.before_birth()[1], late, early]), READING)
    assert [row.cells[0].text for row in table.rows] == ["When collected", "After thawing"]


def test_the_mothers_results_are_never_among_those_of_the_unit() -> None:
    unit, _ = journey.histories(cast.before_birth() + cast.birth() + cast.laboratory())
    assert [row.cells[0].text for row in results(unit, READING.zone).rows] == ["Bacteria, with air"]
    hers = mothers_results(unit, READING.zone)
    assert [row.cells[0].text for row in hers.rows] == ["HIV"]
    assert "mother" in str(hers.caption)


def test_a_deviation_that_is_open_says_so() -> None:
    table = deviations(Unit.replay([cast.before_birth()[1], deviated()]), READING)
    row = table.rows[0]
    assert (row.cells[0].text, row.cells[1].text) == ("DEV-142", "The bag slipped.")
    assert (str(row.cells[3].text), row.cells[3].status) == ("Open", "not_met")
