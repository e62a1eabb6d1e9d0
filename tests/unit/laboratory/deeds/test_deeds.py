"""Does every deed of the bench become the event it says, and is it drawn only for whom and when it can be done?"""

from datetime import timedelta

import pytest

from cordula.events.collection import IdentityChecked, Received
from cordula.events.laboratory import (
    Cryopreserved,
    Divided,
    EligibilityDetermined,
    MotherTested,
    Processed,
    Tested,
    TestStarted,
)
from cordula.events.parts import Lot, PartKind
from cordula.events.quality import Quarantined, QuarantineLifted
from cordula.events.release import Rejected, ReleaseRevoked
from cordula.events.storage import Moved, Retrieved, Stored
from cordula.units.life import State
from cordula.units.unit import Unit
from cordula_web.people import disclosures
from cordula_web.records import queries
from tests import cast, site
from tests.unit.journey import cast as journey
from tests.unit.laboratory.posting import plain, send

pytestmark = pytest.mark.django_db(transaction=True)
BASE = f"/unit/{cast.DIN}"
MORNING = cast.after_birth(hours=18)
BOX = str(cast.TANK)


def unit() -> Unit:
    return queries.unit(cast.UNIT, site=site.HERE)


@pytest.fixture
def on_its_way(st_anna, clock):
    site.record_life([*cast.before_birth(), *cast.birth()[:3]])
    clock(MORNING)


@pytest.fixture
def brandt(on_its_way):
    return site.browser(cast.TECHNOLOGIST, "technologist")


def receive(browser):
    return send(
        browser, f"{BASE}/arrival", condition="good", lowest="4", highest="9.5", seal_intact="yes"
    )


def test_a_unit_goes_from_the_door_to_the_freezer_by_these_pages(brandt, clock):
    assert receive(brandt).url == f"{BASE}/identity"
    brandt.post("/scan", {"scan": "BDG:second-technologist", "unit": cast.DIN, "page": "identity"})
    send(brandt, f"{BASE}/identity", matched="yes")
    clock(MORNING + timedelta(hours=2))
    started = "2026-06-04T22:00"
    assert (
        send(
            brandt,
            f"{BASE}/process",
            method="density_gradient",
            product_code="d0002",
            lots="density medium, DM-2231\nDMSO, DS-0417",
            started_at=started,
        ).status_code
        == 302
    )
    send(brandt, f"{BASE}/divide", container="vial", number="2", volume="3", segments="1")
    clock(MORNING + timedelta(hours=4))
    send(
        brandt,
        f"{BASE}/freeze",
        products=[str(key) for key in unit().products],
        cryoprotectant="DMSO 10 %",
        programme="CRF-1",
        started_at="2026-06-04T23:30",
        end_temperature="-100",
    )
    send(brandt, f"{BASE}/store", place=BOX, position__0="C4", position__1="c5")
    told = unit()
    assert told.state is State.CRYOPRESERVED
    assert told.latest(Received).temperature_highest == cast.q("9.5", "Cel")
    assert told.all(IdentityChecked)[-1].second_person == cast.SECOND_TECHNOLOGIST
    assert told.latest(Processed).lots == (
        Lot(item="density medium", lot="DM-2231"),
        Lot(item="DMSO", lot="DS-0417"),
    )
    assert told.latest(Processed).product_code == "D0002"
    assert [(p.kind, p.product.division) for p in told.latest(Divided).parts] == [
        (PartKind.VIAL, "A0"),
        (PartKind.VIAL, "B0"),
        (PartKind.SEGMENT, "C0"),
    ]
    assert len(told.latest(Cryopreserved).products) == 3
    assert [(e.position, e.product.division) for e in told.all(Stored)] == [
        ("C4", "A0"),
        ("C5", "B0"),
    ]


def test_identity_is_compared_by_two_people_or_not_at_all(brandt):
    receive(brandt)
    answer = send(brandt, f"{BASE}/identity", matched="yes")
    assert answer.status_code == 422
    assert "Scan the badge of the second person." in plain(answer)
    assert not [c for c in unit().all(IdentityChecked) if c.where == "laboratory"]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Condition of bag and blood: choose one."),
        (
            {"condition": "good", "seal_intact": "yes", "lowest": "4"},
            "Enter both temperatures, or neither.",
        ),
        (
            {"condition": "good", "seal_intact": "yes", "lowest": "9", "highest": "4"},
            "The lowest is above the highest.",
        ),
        ({"condition": "good", "seal_intact": "yes", "lowest": "4,5"}, "has a comma"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_recorded(brandt, fields, told):
    answer = send(brandt, f"{BASE}/arrival", **fields)
    assert answer.status_code == 422
    assert told in plain(answer)
    assert unit().latest(Received) is None


def test_a_time_that_cannot_be_is_refused_by_the_door_and_kept_on_the_form(brandt):
    answer = send(
        brandt, f"{BASE}/arrival", condition="good", seal_intact="yes", when="2026-06-04T03:00"
    )
    assert answer.status_code == 409
    assert "is before the collection" in plain(answer)
    assert 'value="2026-06-04T03:00"' in answer.content.decode()


def test_a_deed_is_not_drawn_before_its_time(brandt):
    page = brandt.get(f"{BASE}/process")
    assert "The unit is “collected”. This can be recorded while it is: received." in plain(page)
    assert 'name="method"' not in page.content.decode()


def test_a_deed_is_not_drawn_for_those_who_may_not_do_it(on_its_way):
    page = site.browser(cast.QUALITY, "quality").get(f"{BASE}/arrival")
    assert "This is recorded by: Technologist, Ward or theatre nurse." in plain(page)
    assert 'name="condition"' not in page.content.decode()


def test_a_deed_sent_by_somebody_who_may_not_is_refused(on_its_way):
    answer = site.browser(cast.QUALITY, "quality").post(f"{BASE}/arrival", {"condition": "good"})
    assert answer.status_code == 404


# --- Tests ---------------------------------------------------------------------------------------


def test_a_culture_is_due_when_its_source_says(brandt):
    receive(brandt)
    send(brandt, f"{BASE}/start-test", test="sterility_aerobic")
    assert unit().latest(TestStarted).due == MORNING + timedelta(days=14)


def test_a_test_of_unknown_length_needs_its_due_moment(brandt):
    receive(brandt)
    answer = send(brandt, f"{BASE}/start-test", test="fungal")
    assert "Enter when the result is due." in plain(answer)


@pytest.mark.parametrize(("given", "final"), [("final", True), ("interim", False)])
def test_a_result_is_interim_or_final(brandt, given, final):
    receive(brandt)
    send(brandt, f"{BASE}/result", result="sterility_aerobic:no_growth", final=given)
    tested = unit().latest(Tested)
    assert (tested.test, tested.result, tested.final) == ("sterility_aerobic", "no_growth", final)


def test_a_result_no_test_can_give_is_refused(brandt):
    receive(brandt)
    answer = send(brandt, f"{BASE}/result", result="sterility_aerobic:negative", final="final")
    assert answer.status_code == 422


def test_a_result_of_the_mother_is_never_one_of_the_child(brandt):
    send(brandt, f"{BASE}/mother", result="hiv:negative", specimen_at="2026-06-04T01:00")
    told = unit().latest(MotherTested)
    assert (told.mother, told.test, told.result) == (cast.MOTHER, "hiv", "negative")


def test_eligibility_is_determined_by_quality(brandt):
    quality = site.browser(cast.QUALITY, "quality")
    send(quality, f"{BASE}/eligibility", status="not_required")
    assert unit().latest(EligibilityDetermined).status == "not_required"


# --- In and out of the freezer -------------------------------------------------------------------


@pytest.fixture
def stored(st_anna, clock):
    site.record_life(journey.before_release())
    clock(cast.after_birth(days=150))
    return site.browser(cast.TECHNOLOGIST, "technologist")


def test_products_are_taken_out_of_the_place_that_was_scanned(stored):
    answer = send(stored, f"{BASE}/take-out", products=str(cast.VIAL_A), scanned=f"LOC:{BOX}")
    assert answer.status_code == 302
    assert unit().latest(Retrieved).product == cast.VIAL_A


def test_a_wrong_place_stops(stored):
    answer = send(stored, f"{BASE}/take-out", products=str(cast.VIAL_A), scanned="LOC:tank-4")
    assert "Wrong place. Stop." in plain(answer)
    assert unit().latest(Retrieved) is None


def test_one_product_moves_to_a_free_position(stored):
    move = {"products": str(cast.VIAL_A), "scanned": BOX, "place": BOX}
    assert "Position C5 is full." in plain(send(stored, f"{BASE}/move", **move, position="C5"))
    assert send(stored, f"{BASE}/move", **move, position="D1").status_code == 302
    assert unit().latest(Moved).position == "D1"


# --- Closing ------------------------------------------------------------------------------------


def test_a_unit_is_refused_with_a_reason_in_words(stored):
    quality = site.browser(cast.QUALITY, "quality")
    assert "Say why, in words." in plain(send(quality, f"{BASE}/refuse", reason="other"))
    send(quality, f"{BASE}/refuse", reason="other", note="The bag was torn.")
    refused = unit().latest(Rejected)
    assert refused.reason == "other"
    assert disclosures.read([refused.note.digest])[refused.note.digest] == "The bag was torn."


def test_a_release_is_taken_back_and_everything_after_it_is_closed(stored):
    site.record_life([*journey.before_release(), *cast.release()])
    quality = site.browser(cast.QUALITY, "quality")
    assert "Take back the release" in plain(quality.get(f"{BASE}/release"))
    send(quality, f"{BASE}/take-back", reason="A culture grew after the release.")
    assert unit().latest(ReleaseRevoked) is not None
    assert unit().release is None


def test_a_hold_is_set_and_lifted(stored):
    send(stored, f"{BASE}/hold", reason="The label is in doubt.")
    assert unit().held
    send(site.browser(cast.QUALITY, "quality"), f"{BASE}/lift-hold", reason="It was printed anew.")
    assert not unit().held
    assert unit().all(Quarantined)
    assert unit().all(QuarantineLifted)


# --- Incoming ------------------------------------------------------------------------------------


def test_incoming_shows_what_is_on_its_way_with_the_time_left(brandt):
    page = plain(brandt.get("/incoming"))
    assert "On its way" in page
    assert "30hr 7min left" in page
    assert "Receive it" in page


def test_incoming_says_when_there_is_nothing(st_anna):
    assert "Nothing is on its way." in plain(
        site.browser(cast.TECHNOLOGIST, "technologist").get("/incoming")
    )


def test_the_empty_bench_asks_for_a_bag(st_anna):
    page = plain(site.browser(cast.TECHNOLOGIST, "technologist").get("/bench"))
    assert "No run open. Scan a bag to start." in page.replace("open.S", "open. S")


def test_the_bench_lists_what_is_in_work(brandt):
    receive(brandt)
    assert "Count the cells" in plain(brandt.get("/bench"))
