"""A collection on the ward: match, collect, hand over, or stop; and the bag of another baby."""

from datetime import timedelta

import pytest

from cordula.events.collection import (
    Born,
    Collected,
    CollectionStopped,
    HandedOver,
    IdentityChecked,
)
from cordula_web.records import queries
from tests import cast, site

pytestmark = pytest.mark.django_db
WARD = f"/ward/{cast.DIN}"
LABEL = f"={cast.DIN}00"
OTHER_BAG = "=A99992699999900"
BABY, MOTHER, SECOND = f"&/{cast.CHAIN}", "3300 1188", f"BDG:{cast.SECOND_MIDWIFE}"
KEY = {"key": "a key of a scan"}


def unit():
    return queries.unit(cast.UNIT, site=site.HERE)


def infant():
    return queries.infant(cast.LINA, site=site.HERE)


def scan(browser, address, *texts):
    for text in texts:
        browser.post(address, {"scan": text} | KEY)


def send(browser, address, **fields):
    form = browser.get(address).context["form"]
    hidden = {name: form[name].value() for name in ("key", "seen")}
    return browser.post(address, hidden | fields)


@pytest.fixture
def midwife(st_anna, clock):
    site.record_life(cast.before_birth())
    clock(cast.after_birth(minutes=-10))
    return site.browser(cast.MIDWIFE)


class TestStart:
    def test_the_ward_lists_its_kits_and_puts_care_first(self, midwife):
        text = midwife.get("/ward").content.decode()
        assert "Care for mother and baby comes first." in text
        assert "HADDAD, Rana" in text
        assert "Start a collection" in text

    def test_any_kit_that_is_scanned_is_gone_to(self, midwife):
        assert midwife.post("/ward", {"scan": LABEL}).headers["Location"] == WARD

    def test_a_kit_of_no_child_here_is_not_to_be_used(self, midwife):
        midwife.post("/ward", {"scan": OTHER_BAG})
        assert "set aside for no child here" in midwife.get("/ward").content.decode()

    def test_a_ward_without_kits_says_whom_to_call(self, st_anna):
        text = site.browser(cast.MIDWIFE).get("/ward").content.decode()
        assert "No kits on this ward." in text
        assert "Ext. 4410" in text

    def test_a_kit_without_consent_says_so(self, st_anna, clock):
        site.record_life(cast.before_birth()[:2])
        clock(cast.after_birth(minutes=-10))
        midwife = site.browser(cast.MIDWIFE)
        assert "No consent to collect yet" in midwife.get("/ward").content.decode()
        scan(midwife, WARD, MOTHER, LABEL)
        text = midwife.get(WARD).content.decode()
        assert "Do not collect without it." in text
        assert ">Go on<" not in text


class TestMatch:
    def test_mother_and_bag_are_enough_before_the_birth(self, midwife):
        scan(midwife, WARD, MOTHER, LABEL)
        assert ">Go on<" in midwife.get(WARD).content.decode()
        assert not unit().has(IdentityChecked)

    def test_two_midwives_match_mother_baby_and_bag(self, midwife):
        scan(midwife, WARD, MOTHER, BABY, LABEL, SECOND)
        assert send(midwife, WARD, act="match").status_code == 302
        check = unit().latest(IdentityChecked)
        assert (check.where, check.matched) == ("bedside", True)
        assert check.second_person == cast.SECOND_MIDWIFE

    @pytest.mark.parametrize(
        ("scanned", "says"),
        [
            (OTHER_BAG, "This bag belongs to another baby"),
            ("&/CHA999926000077", "belongs to another mother or baby"),
        ],
    )
    def test_a_mismatch_is_red_recorded_and_cannot_be_passed(self, midwife, scanned, says):
        scan(midwife, WARD, MOTHER, LABEL, scanned)
        text = midwife.get(WARD).content.decode()
        assert says in text
        assert "Scan again" in text
        assert "Stop collecting" in text
        assert "Go on" not in text
        assert unit().latest(IdentityChecked).matched is False
        send_anyway = midwife.post(f"{WARD}/collect", {"act": "record"} | KEY)
        assert send_anyway.status_code == 422
        assert not unit().has(Collected)

    def test_the_mother_of_another_child_is_not_this_mother(self, midwife):
        other = site.of_another(cast.before_birth(), 7)
        site.record_life(other)
        scan(midwife, WARD, "mother-7")
        assert "another mother or baby" in midwife.get(WARD).content.decode()

    def test_an_unknown_bar_code_ticks_nothing(self, midwife):
        scan(midwife, WARD, "box of gloves")
        page = midwife.get(WARD)
        assert "Nobody at this site has this badge" in page.content.decode()
        assert {check.status for check in page.context["checks"]} == {"not_started"}


class TestCollect:
    address = f"{WARD}/collect"
    filled = {"sex": "female", "volume": "92", "method": "before_placenta", "anticoagulant": "CPD"}  # noqa: RUF012

    @pytest.fixture(autouse=True)
    def at_the_birth(self, midwife, clock):
        scan(midwife, WARD, MOTHER, LABEL)
        clock(cast.BIRTH)
        midwife.post(self.address, {"act": "born"} | KEY)
        clock(cast.after_birth(minutes=1))
        midwife.post(self.address, {"act": "clamped"} | KEY)
        clock(cast.after_birth(minutes=7))
        scan(midwife, self.address, BABY, SECOND)

    def test_birth_match_and_collection_are_recorded_together(self, midwife):
        answer = send(midwife, self.address, act="record", **self.filled)
        assert answer.status_code == 302
        assert infant().latest(Born).at == cast.BIRTH
        assert unit().latest(IdentityChecked).matched
        collected = unit().latest(Collected)
        assert str(collected.volume) == "92 mL"
        assert collected.clamped_at == cast.after_birth(minutes=1)
        assert collected.at == cast.after_birth(minutes=7)

    def test_a_time_is_corrected_a_minute_at_a_tap(self, midwife):
        midwife.post(self.address, {"act": "born:-1"} | KEY)
        assert midwife.get(self.address).context["born"] == cast.after_birth(minutes=-1)
        midwife.post(self.address, {"act": "clamped:1"} | KEY)
        assert midwife.get(self.address).context["clamped"] == cast.after_birth(minutes=2)

    def test_no_time_goes_beyond_now(self, midwife):
        for _ in range(9):
            midwife.post(self.address, {"act": "clamped:1"} | KEY)
        assert midwife.get(self.address).context["clamped"] == cast.after_birth(minutes=7)

    def test_what_was_chosen_survives_a_tap_and_a_scan(self, midwife):
        midwife.post(self.address, {"act": "clamped:1", "volume": "62"} | KEY)
        assert midwife.get(self.address).context["form"]["volume"].value() == "62"

    def test_clamped_before_the_birth_is_asked_about(self, midwife):
        for _ in range(3):
            midwife.post(self.address, {"act": "clamped:-1"} | KEY)
        answer = send(midwife, self.address, act="record", **self.filled)
        assert answer.status_code == 422
        assert "clamped before the birth" in answer.content.decode()

    def test_the_clamp_is_never_asked_for(self, midwife):
        text = midwife.get(self.address).content.decode()
        assert "data-countdown" not in text
        assert 'role="timer"' not in text

    def test_without_a_clamp_time_it_can_be_recorded(self, midwife):
        session = midwife.session
        del session["begun"][f"ward {cast.DIN}"]["clamped"]
        session.save()
        assert send(midwife, self.address, act="record", **self.filled).status_code == 302
        assert unit().latest(Collected).clamped_at is None

    @pytest.mark.parametrize(
        ("field", "says"),
        [("volume", "Enter the volume in mL"), ("sex", "girl or a boy"), ("method", "placenta")],
    )
    def test_what_is_missing_is_asked_for_in_words(self, midwife, field, says):
        filled = {name: value for name, value in self.filled.items() if name != field}
        answer = send(midwife, self.address, act="record", **filled)
        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert not infant().has(Born)

    def test_a_second_midwife_stands_by(self, midwife, clock):
        clock(cast.after_birth(minutes=20))
        answer = send(midwife, self.address, act="record", **self.filled)
        assert answer.status_code == 409
        assert "second midwife" in answer.content.decode()
        assert answer.context["form"]["volume"].value() == "92"


class TestHandOver:
    address = f"{WARD}/hand-over"

    @pytest.fixture(autouse=True)
    def collected(self, midwife, clock):
        site.record_life([*cast.before_birth(), *cast.birth()[:2]])
        clock(cast.after_birth(minutes=30))

    def test_courier_box_seal_and_logger_go_with_it(self, midwife):
        fields = {"courier": "Courier 7", "container": "box 3", "seal": "S-1", "logger": "L-2"}
        assert send(midwife, self.address, **fields).status_code == 302
        handed = unit().latest(HandedOver)
        assert (handed.receiver, handed.container, handed.logger) == ("Courier 7", "box 3", "L-2")
        text = midwife.get(self.address).content.decode()
        assert "You can close this." in text
        assert "92\u00a0mL" in text

    def test_a_bag_nobody_matched_is_pointed_out(self, midwife):
        assert "not matched yet by two people" in midwife.get(self.address).content.decode()

    def test_the_ward_reminds_of_a_bag_that_waits(self, midwife):
        assert "Collected, not handed over" in midwife.get("/ward").content.decode()
        send(midwife, self.address, courier="Courier 7", container="box 3", seal="S", logger="L")
        assert "Collected, not handed over" not in midwife.get("/ward").content.decode()

    def test_the_ward_is_drawn_without_reading_a_history(
        self, midwife, django_assert_max_num_queries
    ):
        midwife.get("/ward")
        with django_assert_max_num_queries(20) as asked:
            midwife.get("/ward")
        assert not [one for one in asked.captured_queries if '"data"' in one["sql"]]

    def test_a_scan_of_the_bag_leads_there(self, midwife):
        assert midwife.post("/ward", {"scan": LABEL}).headers["Location"] == self.address


class TestStop:
    address = f"{WARD}/stop"

    def test_five_reasons_and_one_press(self, midwife):
        page = midwife.get(self.address)
        assert len(page.context["reasons"]) == 5
        assert "never counted against anybody" in page.content.decode()
        assert send(midwife, self.address, reason="mother").status_code == 302
        assert unit().latest(CollectionStopped).reason == "mother"
        assert "You can close this." in midwife.get(self.address).content.decode()

    def test_it_is_one_tap_away_on_every_screen_before_the_end(self, midwife):
        for page in (WARD, f"{WARD}/collect"):
            assert f'href="{self.address}"' in midwife.get(page).content.decode()

    def test_after_a_collection_there_is_nothing_to_stop(self, midwife, clock):
        site.record_life([*cast.before_birth(), *cast.birth()[:2]])
        clock(cast.after_birth(minutes=30) + timedelta(seconds=1))
        assert midwife.get(self.address).headers["Location"] == f"{WARD}/hand-over"
