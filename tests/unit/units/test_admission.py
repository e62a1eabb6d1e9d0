from dataclasses import replace
from datetime import timedelta

import pytest

from cordula.events.admission import NotAdmitted
from cordula.events.before_birth import ConsentWithdrawn
from cordula.events.collection import Collected, CollectionStopped, IdentityChecked
from cordula.events.event import Event
from cordula.events.laboratory import Counted, Divided, Tested
from cordula.events.parts import Injection, Part, PartKind
from cordula.events.quality import Quarantined, QuarantineLifted, Voided
from cordula.events.release import (
    Discarded,
    Rejected,
    Released,
    ReleaseRevoked,
    Returned,
    Shipped,
    Signed,
)
from cordula.events.sealed import Sealed
from cordula.events.storage import Retrieved, Stored
from cordula.events.theatre import Administered, AdministrationStopped, Prepared, Thawed
from cordula.units.admission import admit, admit_to_place
from cordula.units.life import State
from cordula.units.place import Place
from cordula.units.unit import Unit
from tests import cast


def of_unit(events: list[Event]) -> list[Event]:
    return [e for e in events if "unit:unit-of-lina" in e.concerns()]


def unit_until(kind: type[Event]) -> tuple[Unit, Event]:
    """Lina's unit just before its first event of this kind, and that event."""
    events = of_unit(cast.whole_life())
    index = next(n for n, event in enumerate(events) if isinstance(event, kind))
    return Unit.replay(events[:index]), events[index]


def reasons(unit: Unit, event: Event) -> str:
    with pytest.raises(NotAdmitted) as refused:
        admit(unit, event)
    return str(refused.value)


def test_a_whole_life_is_admitted_event_by_event() -> None:
    unit = Unit()
    for event in of_unit(cast.whole_life()):
        admit(unit, event)
        unit = unit.after(event)
    assert unit.state is State.ADMINISTERED


@pytest.mark.parametrize("event", of_unit(cast.whole_life())[1:], ids=lambda e: type(e).__name__)
def test_nothing_begins_a_unit_but_its_kit(event: Event) -> None:
    assert "not known" in reasons(Unit(), event)


def test_a_count_before_collection_is_refused() -> None:
    unit = Unit.replay(of_unit(cast.before_birth()))
    count = cast.count("volume", "62", "mL", "collected")
    assert "must be collected first" in reasons(unit, count)


def test_without_consent_nothing_is_collected() -> None:
    unit, collected = unit_until(Collected)
    without = Unit.replay(e for e in unit.events if type(e).__name__ != "Consented")
    assert "no consent to collect" in reasons(without, collected)


def test_another_kits_bag_is_refused() -> None:
    unit, collected = unit_until(Collected)
    assert "kit is A999926123456" in reasons(unit, replace(collected, din="A999926999999"))


def test_another_childs_bag_is_refused() -> None:
    unit, collected = unit_until(Collected)
    assert "another child" in reasons(unit, replace(collected, infant=cast.NOOR))


def test_a_clamp_after_the_collection_began_is_refused() -> None:
    unit, collected = unit_until(Collected)
    late = replace(collected, clamped_at=cast.after_birth(minutes=5))
    assert "Change one of them" in reasons(unit, late)


def test_one_person_cannot_be_two() -> None:
    unit, thawed = unit_until(Thawed)
    assert "same person" in reasons(unit, replace(thawed, second_person=thawed.by))


def test_a_viability_without_its_cells_and_method_is_refused() -> None:
    unit, _ = unit_until(Counted)
    bare = cast.count("nucleated_viability", "94", "%", "pre_freeze")
    assert "cell type" in reasons(unit, bare)
    assert "method" in reasons(unit, bare)


def test_an_impossible_value_is_refused_and_an_unknown_measure_gets_a_suggestion() -> None:
    unit, _ = unit_until(Counted)
    impossible = cast.count("mnc_percent", "194", "%", "pre_freeze")
    assert "194" in reasons(unit, impossible)
    assert "did you mean" in reasons(unit, cast.count("mnc_percnt", "60", "%", "pre_freeze"))


def test_a_product_cannot_be_made_twice() -> None:
    unit, divided = unit_until(Divided)
    assert "exists already" in reasons(unit.after(divided), divided)


def test_parts_cannot_hold_more_than_their_whole() -> None:
    unit, divided = unit_until(Divided)
    unit = unit.after(divided)
    parts = (
        Part(
            product=replace(cast.VIAL_A, division="Aa"),
            kind=PartKind.VIAL,
            parent=cast.VIAL_A,
            volume=cast.q("3.1", "mL"),
        ),
    )
    assert "more than the" in reasons(unit, replace(divided, parts=parts))


def test_release_needs_two_different_people() -> None:
    unit, released = unit_until(Released)
    assert "different person" in reasons(unit, replace(released, by=cast.QUALITY))


def test_release_is_refused_while_the_unit_is_held() -> None:
    unit, released = unit_until(Released)
    hold = Quarantined(unit=cast.UNIT, reason=Sealed("4" * 64), by=cast.QUALITY, at=released.at)
    held = unit.after(hold)
    assert "quarantine" in reasons(held, released)
    lift = QuarantineLifted(
        unit=cast.UNIT, reason=Sealed("4" * 64), by=cast.QUALITY, at=released.at
    )
    admit(held.after(lift), released)


def test_release_is_refused_after_consent_was_withdrawn() -> None:
    unit, released = unit_until(Released)
    withdrawn = unit.after(
        ConsentWithdrawn(
            infant=cast.LINA,
            units=(cast.UNIT,),
            scopes=("use",),
            wish="discard",
            by=cast.MIDWIFE,
            at=released.at,
        )
    )
    assert "withdrawn" in reasons(withdrawn, released)


def withdrawn(scopes: tuple[str, ...]) -> ConsentWithdrawn:
    return ConsentWithdrawn(
        infant=cast.LINA,
        units=(cast.UNIT,),
        scopes=scopes,
        wish="discard",
        by=cast.MIDWIFE,
        at=cast.after_birth(days=140),
    )


def test_a_later_withdrawal_of_research_does_not_hide_an_earlier_one_of_use() -> None:
    unit, released = unit_until(Released)
    taken_back = unit.after(withdrawn(("use",))).after(withdrawn(("research",)))
    assert "withdrawn" in reasons(taken_back, released)
    only_research = unit.after(withdrawn(("research",)))
    assert only_research.withdrawal is None


def test_a_time_without_its_zone_is_refused() -> None:
    unit, thawed = unit_until(Thawed)
    naive = thawed.started_at.replace(tzinfo=None)
    assert "no time zone" in reasons(unit, replace(thawed, started_at=naive))


def test_no_thaw_without_a_release_in_force() -> None:
    unit, thawed = unit_until(Thawed)
    revoked = unit.after(
        ReleaseRevoked(
            unit=cast.UNIT,
            infant=cast.LINA,
            reason=Sealed("4" * 64),
            by=cast.DIRECTOR,
            at=thawed.at,
        )
    )
    assert "not released" in reasons(revoked, thawed)


def test_signatures_before_a_revocation_do_not_count_again() -> None:
    unit, released = unit_until(Released)
    revocation = ReleaseRevoked(
        unit=cast.UNIT, infant=cast.LINA, reason=Sealed("4" * 64), by=cast.DIRECTOR, at=released.at
    )
    again = unit.after(released).after(revocation)
    assert again.signatures("release") == []
    signed = unit.latest(Signed)
    assert signed is not None
    admit(again, signed)


def test_an_expired_dose_is_refused() -> None:
    unit, given = unit_until(Administered)
    prepared = unit.latest(Prepared)
    assert prepared is not None
    late = replace(given, at=prepared.expires_at.replace(hour=23))
    assert "expired" in reasons(unit, late)


def test_a_dose_exactly_at_its_expiry_is_not_expired() -> None:
    unit, given = unit_until(Administered)
    prepared = unit.latest(Prepared)
    assert prepared is not None
    admit(unit, replace(given, at=prepared.expires_at))


def test_nothing_is_given_without_a_match_in_theatre() -> None:
    unit, given = unit_until(Administered)
    unmatched = Unit.replay(
        e for e in unit.events if not (isinstance(e, IdentityChecked) and e.where == "theatre")
    )
    assert "matched in theatre" in reasons(unmatched, given)


def test_a_match_made_before_the_dose_was_drawn_up_was_for_another_syringe() -> None:
    unit, given = unit_until(Administered)
    prepared = unit.latest(Prepared)
    assert prepared is not None
    early = [
        replace(e, at=prepared.at - timedelta(minutes=1))
        if isinstance(e, IdentityChecked) and e.where == "theatre"
        else e
        for e in unit.events
    ]
    assert "matched in theatre" in reasons(Unit.replay(early), given)


def test_a_later_mismatch_closes_an_earlier_match() -> None:
    unit, given = unit_until(Administered)
    mismatch = replace(unit.all(IdentityChecked)[-1], matched=False)
    assert "matched in theatre" in reasons(unit.after(mismatch), given)


def test_injections_must_add_up() -> None:
    unit, given = unit_until(Administered)
    short = (Injection(site="right ventricle", volume=cast.q("0.1", "mL")),)
    assert "add up to" in reasons(unit, replace(given, injections=short))


def test_more_than_was_drawn_up_cannot_be_given() -> None:
    unit, given = unit_until(Administered)
    more = (Injection(site="right ventricle", volume=cast.q("0.8", "mL")),)
    event = replace(given, injections=more, given=cast.q("0.8", "mL"))
    assert "drawn up" in reasons(unit, event)


def test_nothing_is_given_twice() -> None:
    unit, given = unit_until(Administered)
    assert "cannot follow" in reasons(unit.after(given), given)


def test_a_reason_to_destroy_cells_that_nobody_can_choose_is_refused() -> None:
    unit, _ = unit_until(Released)
    gone = Discarded(
        unit=cast.UNIT,
        reason="no_space",
        witness=cast.NURSE,
        by=cast.QUALITY,
        at=cast.after_birth(days=151),
    )
    assert "“no_space” is not a reason for destroying cells" in reasons(unit, gone)
    assert "not a reason" not in reasons(unit, replace(gone, reason="family_wish"))


@pytest.mark.parametrize(
    ("event", "known"),
    [
        (Rejected(unit=cast.UNIT, reason="ugly", by=cast.QUALITY, at=cast.BIRTH), "viability"),
        (
            Returned(unit=cast.UNIT, products=(), reason="ugly", by=cast.QUALITY, at=cast.BIRTH),
            "left_over",
        ),
        (
            AdministrationStopped(
                unit=cast.UNIT, infant=cast.LINA, reason="ugly", by=cast.SURGEON, at=cast.BIRTH
            ),
            "child",
        ),
    ],
)
def test_a_reason_that_nobody_can_choose_is_refused(event: Event, known: str) -> None:
    unit, _ = unit_until(Released)
    assert "“ugly” is not a reason for" in reasons(unit, event)
    assert "not a reason" not in _said(unit, replace(event, reason=known))  # type: ignore[call-arg]


def _said(unit: Unit, event: Event) -> str:
    """Why it is not admitted; empty where it is."""
    try:
        admit(unit, event)
    except NotAdmitted as refused:
        return str(refused)
    return ""


def test_a_reason_to_stop_a_collection_that_nobody_can_choose_is_refused() -> None:
    unit, collected = unit_until(Collected)
    stopped = CollectionStopped(
        unit=cast.UNIT, infant=cast.LINA, reason="tired", by=cast.MIDWIFE, at=collected.at
    )
    assert "“tired” is not a reason for stopping a collection" in reasons(unit, stopped)
    admit(unit, replace(stopped, reason="mother"))


def test_a_discarded_unit_stays_discarded() -> None:
    unit, _ = unit_until(Released)
    gone = unit.after(
        Discarded(
            unit=cast.UNIT,
            reason="family_wish",
            witness=cast.NURSE,
            by=cast.QUALITY,
            at=cast.after_birth(days=151),
        )
    )
    assert gone.state is State.DISCARDED
    count = cast.count("mnc_percent", "60", "%", "pre_freeze")
    assert "discarded" in reasons(gone, count)


def test_a_stored_product_is_taken_out_before_it_leaves() -> None:
    unit, shipped = unit_until(Shipped)
    inside = Unit.replay(e for e in unit.events if not isinstance(e, Retrieved))
    assert "Take it out of storage first" in reasons(inside, shipped)
    admit(unit, shipped)


def taken_out(unit: Unit) -> Unit:
    """The unit with everything that is stored taken out."""
    for product in unit.products.values():
        if product.place is not None:
            unit = unit.after(
                Retrieved(
                    unit=cast.UNIT,
                    place=product.place,
                    product=product.key,
                    by=cast.TECHNOLOGIST,
                    at=cast.after_birth(days=151),
                )
            )
    return unit


def test_a_rejected_unit_still_gets_its_late_results_and_is_discarded() -> None:
    unit, _ = unit_until(Released)
    rejected = unit.after(
        Rejected(unit=cast.UNIT, reason="viability", by=cast.QUALITY, at=cast.after_birth(days=151))
    )
    admit(rejected, replace(unit.all(Tested)[-1], at=cast.after_birth(days=152)))
    admit(
        taken_out(rejected),
        Discarded(
            unit=cast.UNIT,
            reason="rejected",
            witness=cast.NURSE,
            by=cast.QUALITY,
            at=cast.after_birth(days=152),
        ),
    )


def test_a_voided_count_no_longer_counts_and_stays_readable() -> None:
    unit, _ = unit_until(Released)
    version = next(n for n, e in enumerate(unit.events, 1) if isinstance(e, Counted))
    voiding = Voided(
        unit=cast.UNIT,
        version=version,
        reason=Sealed("4" * 64),
        by=cast.TECHNOLOGIST,
        at=cast.after_birth(days=151),
    )
    admit(unit, voiding)
    corrected = unit.after(voiding)
    assert corrected.count("tnc_concentration") is None
    assert isinstance(corrected.events[version - 1], Counted)
    assert "voided already" in reasons(corrected, voiding)


def test_an_act_cannot_be_voided() -> None:
    unit, _ = unit_until(Released)
    version = next(n for n, e in enumerate(unit.events, 1) if isinstance(e, Collected))
    voiding = Voided(
        unit=cast.UNIT,
        version=version,
        reason=Sealed("4" * 64),
        by=cast.TECHNOLOGIST,
        at=cast.after_birth(days=151),
    )
    assert "Only results" in reasons(unit, voiding)


def test_a_full_position_is_refused() -> None:
    stored = next(e for e in cast.laboratory() if isinstance(e, Stored))
    opened = cast.tank_opened()
    place = Place.replay([opened, stored])
    with pytest.raises(NotAdmitted, match="C4 is full"):
        admit_to_place(place, replace(stored, product=cast.VIAL_B))
    admit_to_place(place, replace(stored, product=cast.VIAL_B, position="C5"))
