"""Thaw, draw up, match, give: each act as it is done at the theatre door, with every wrong scan on the way."""

from datetime import timedelta
from itertools import takewhile

import pytest

from cordula.events.collection import IdentityChecked
from cordula.events.theatre import Administered, AdministrationStopped, Prepared, Thawed
from cordula_web.records import queries
from tests import cast, site
from tests.unit.journey import cast as journey

pytestmark = pytest.mark.django_db
UNIT = f"/unit/{cast.DIN}"
DOOR = cast.after_birth(days=172)
LABEL = f"={cast.DIN}00"
VIAL, OTHER_VIAL = "=<D00020A0", "=<D00020B0"
BOTH = LABEL + VIAL
OTHER_BAG = "=A99992699999900"


def until(kind):
    """The whole life before the first event of this kind."""
    return list(takewhile(lambda event: not isinstance(event, kind), journey.whole_life()))


def unit():
    return queries.unit(cast.UNIT, site=site.HERE)


def hidden(page, *names):
    """The fields a browser would send back."""
    form = page.context["closing"] if "closing" in (page.context or {}) else page.context["form"]
    return {name: form[name].value() for name in names if name in form.fields}


def send(browser, address, **fields):
    """Draw the page, and send its form with what is hidden in it."""
    page = browser.get(address)
    return browser.post(address, hidden(page, "key", "seen", "verdict") | fields)


@pytest.fixture
def brandt(st_anna):
    return site.browser(cast.TECHNOLOGIST)


@pytest.fixture
def hallström(st_anna):
    return site.browser(cast.SURGEON)


class TestThaw:
    address = f"{UNIT}/thaw"

    @pytest.fixture(autouse=True)
    def at_the_door(self, st_anna, clock):
        site.record_life(until(Thawed))
        clock(DOOR)

    def scan_all(self, brandt):
        brandt.post(self.address, {"scan": BOTH})
        brandt.post(self.address, {"scan": f"BDG:{cast.SECOND_TECHNOLOGIST}"})

    def test_vial_second_person_and_times_make_a_thaw(self, brandt, clock):
        self.scan_all(brandt)
        brandt.post(self.address, {"act": "started"})
        clock(DOOR + timedelta(minutes=3))
        brandt.post(self.address, {"act": "ended"})
        page = brandt.get(self.address)
        form = {name: page.context["form"][name].value() for name in ("started", "ended")}
        answer = send(brandt, self.address, act="record", **form)
        assert answer.status_code == 302
        thawed = unit().latest(Thawed)
        assert (thawed.started_at, thawed.at) == (DOOR, DOOR + timedelta(minutes=3))
        assert thawed.products == (cast.VIAL_A,)
        assert thawed.second_person == cast.SECOND_TECHNOLOGIST
        assert "The thaw is recorded." in brandt.get(self.address).content.decode()

    def test_a_wrong_bag_stops_everything_and_what_was_scanned_no_longer_counts(self, brandt):
        self.scan_all(brandt)
        brandt.post(self.address, {"scan": OTHER_BAG})
        text = brandt.get(self.address).content.decode()
        assert "Wrong bag. Stop." in text
        assert "The thaw begins now" not in text
        brandt.post(self.address, {"act": "again"})
        page = brandt.get(self.address)
        assert page.context["alarm"] is None
        assert not page.context["ready"]

    def test_another_vial_of_the_same_child_is_wrong_too(self, brandt):
        brandt.post(self.address, {"scan": LABEL + OTHER_VIAL})
        assert "Wrong vial. Stop." in brandt.get(self.address).content.decode()

    def test_the_number_alone_does_not_say_which_vial(self, brandt):
        brandt.post(self.address, {"scan": LABEL})
        page = brandt.get(self.address)
        assert "Now scan the product code" in page.content.decode()
        assert not page.context["ready"]

    def test_a_number_typed_without_its_check_character_is_not_taken(self, brandt):
        brandt.post(self.address, {"scan": str(cast.DIN)})
        assert "Type the boxed check character too" in brandt.get(self.address).content.decode()

    def test_the_own_badge_is_not_a_second_person(self, brandt):
        brandt.post(self.address, {"scan": BOTH})
        brandt.post(self.address, {"scan": f"BDG:{cast.TECHNOLOGIST}"})
        assert "your own badge" in brandt.get(self.address).content.decode()
        answer = send(brandt, self.address, act="record", started="01:27:00", ended="01:30:00")
        assert answer.status_code == 409
        assert not unit().has(Thawed)

    def test_a_badge_scanned_long_ago_no_longer_counts(self, brandt, clock):
        self.scan_all(brandt)
        clock(DOOR + timedelta(minutes=6))
        assert "Scan the badge again" in brandt.get(self.address).content.decode()

    def test_a_thaw_that_ends_before_it_begins_is_asked_about_and_keeps_its_times(self, brandt):
        self.scan_all(brandt)
        answer = send(brandt, self.address, act="record", started="02:20:00", ended="02:10:00")
        assert answer.status_code == 422
        assert "before it began" in answer.content.decode()
        assert answer.context["form"]["started"].value() == "02:20:00"

    def test_a_verdict_that_changed_is_read_again(self, brandt):
        self.scan_all(brandt)
        times = {"started": "02:20:00", "ended": "02:25:00"}
        answer = send(brandt, self.address, act="record", verdict="0" * 64, **times)
        assert answer.status_code == 409
        assert "The verdict changed since you looked" in answer.content.decode()
        assert answer.context["form"]["verdict"].value() != "0" * 64

    def test_sent_twice_it_is_recorded_once(self, brandt):
        self.scan_all(brandt)
        page = brandt.get(self.address)
        fields = hidden(page, "key", "seen", "verdict")
        fields |= {"act": "record", "started": "02:20:00", "ended": "02:25:00"}
        brandt.post(self.address, fields)
        assert brandt.post(self.address, fields).status_code == 302
        assert len(unit().all(Thawed)) == 1

    def test_a_closed_gate_is_shown_and_nothing_can_be_scanned(self, clock):
        clock(DOOR + timedelta(days=2))
        text = site.browser(cast.TECHNOLOGIST).get(self.address).content.decode()
        assert "It cannot be thawed now" in text
        assert "Weigh again" in text
        assert 'name="scan"' not in text

    def test_the_surgeon_sees_the_verdict_and_no_form(self, hallström):
        text = hallström.get(self.address).content.decode()
        assert "A technologist records it." in text
        assert 'name="scan"' not in text


class TestPrepare:
    address = f"{UNIT}/prepare"

    @pytest.fixture(autouse=True)
    def thawed(self, st_anna, clock):
        site.record_life(until(Prepared))
        clock(DOOR + timedelta(minutes=8))

    def draw(self, brandt, **fields):
        brandt.post(self.address, {"scan": f"BDG:{cast.NURSE}"})
        return send(brandt, self.address, **({"expires": "04:00"} | fields))

    def test_the_working_stands_beside_the_volume(self, brandt):
        text = brandt.get(self.address).content.decode()
        assert "For each kg" in text
        assert "6.8\u00a0kg" in text

    def test_the_volume_is_recorded_as_it_was_read(self, brandt):
        assert self.draw(brandt, volume="0.70").status_code == 302
        prepared = unit().latest(Prepared)
        assert str(prepared.volume) == "0.70 mL"
        assert prepared.second_person == cast.NURSE

    def test_a_slip_of_the_decimal_point_is_asked_about(self, brandt):
        answer = self.draw(brandt, volume="2.1")
        assert "Check the decimal point." in answer.content.decode()
        assert not unit().has(Prepared)
        assert self.draw(brandt, volume="2.1", sure="2.1").status_code == 302

    def test_more_than_was_thawed_is_impossible(self, brandt):
        answer = self.draw(brandt, volume="6.8")
        assert answer.status_code == 422
        assert "more than the 3\u00a0mL that was thawed" in answer.content.decode()

    @pytest.mark.parametrize("volume", ["0", "-1", "0,7", "much"])
    def test_what_is_no_volume_is_refused_in_words(self, brandt, volume):
        assert self.draw(brandt, volume=volume).status_code == 422

    def test_two_people_draw_it_up(self, brandt):
        answer = send(brandt, self.address, volume="0.70", expires="04:00")
        assert answer.status_code == 409
        assert "badge of the second person" in answer.content.decode()


class TestGive:
    address = f"{UNIT}/administer"

    @pytest.fixture(autouse=True)
    def drawn_up(self, st_anna, clock):
        site.record_life(until(IdentityChecked) + self.to_theatre())
        clock(DOOR + timedelta(minutes=10))

    def to_theatre(self):
        life = journey.whole_life()
        checks = [n for n, event in enumerate(life) if isinstance(event, IdentityChecked)]
        return life[: checks[-1]]

    def match(self, browser, second=cast.NURSE):
        for scanned in (f"&/{cast.CHAIN}", LABEL, f"BDG:{second}"):
            browser.post(self.address, {"scan": scanned, "key": "a key of a scan"})
        return send(browser, self.address, act="match")

    def give(self, browser, clock, *volumes):
        for number, volume in enumerate(volumes):
            clock(DOOR + timedelta(minutes=12 + number))
            browser.post(
                self.address,
                {"act": "inject", "injection-site": "right_ventricle", "injection-volume": volume},
            )

    def test_two_people_match_child_and_syringe(self, hallström):
        assert self.match(hallström).status_code == 302
        check = unit().latest(IdentityChecked)
        assert (check.where, check.matched, check.second_person) == ("theatre", True, cast.NURSE)

    def test_the_hospital_number_on_the_wristband_will_do(self, hallström):
        hallström.post(self.address, {"scan": "44710926", "key": "a key of a scan"})
        assert "The wristband is this child’s." in hallström.get(self.address).content.decode()

    @pytest.mark.parametrize(
        ("scanned", "says"),
        [
            (OTHER_BAG, "This syringe belongs to another child."),
            (LABEL + OTHER_VIAL, "This is not the vial that was thawed."),
            ("&/CHA999926000099", "This is another child."),
        ],
    )
    def test_a_mismatch_turns_the_page_red_and_is_recorded(self, hallström, scanned, says):
        hallström.post(self.address, {"scan": scanned, "key": "a key of a scan"})
        text = hallström.get(self.address).content.decode()
        assert says in text
        assert "Stop, do not give" in text
        assert "They match." not in text
        assert unit().latest(IdentityChecked).matched is False

    def test_an_earlier_match_says_nothing_about_this_syringe(self, hallström):
        assert "Match child and syringe" in hallström.get(self.address).content.decode()

    def test_what_is_spoken_adds_up_and_is_recorded(self, hallström, clock):
        self.match(hallström)
        self.give(hallström, clock, "0.4", "0.28")
        page = hallström.get(self.address)
        assert "0.68\u00a0mL" in page.content.decode()
        assert "0.02\u00a0mL" in page.content.decode()
        answer = send(hallström, self.address, act="record", reaction="no")
        assert answer.status_code == 302, answer.content.decode()
        given = unit().latest(Administered)
        assert str(given.given) == "0.68 mL"
        assert [str(one.volume) for one in given.injections] == ["0.4 mL", "0.28 mL"]
        assert given.at == DOOR + timedelta(minutes=13)
        done = hallström.get(self.address).content.decode()
        assert "You can close this." in done
        assert "0.02\u00a0mL" in done

    def test_more_than_the_syringe_holds_is_refused(self, hallström, clock):
        self.match(hallström)
        fields = {"injection-site": "right_ventricle", "injection-volume": "0.71"}
        answer = hallström.post(self.address, {"act": "inject"} | fields)
        assert answer.status_code == 422
        assert "left in the syringe" in answer.content.decode()

    def test_the_last_injection_can_be_taken_back(self, hallström, clock):
        self.match(hallström)
        self.give(hallström, clock, "0.4", "0.3")
        hallström.post(self.address, {"act": "take_back"})
        assert len(hallström.get(self.address).context["injections"]) == 1

    def test_nothing_is_given_without_an_answer_about_the_reaction(self, hallström, clock):
        self.match(hallström)
        self.give(hallström, clock, "0.68")
        answer = send(hallström, self.address, act="record")
        assert answer.status_code == 422
        assert "Say whether a reaction was seen." in answer.content.decode()

    def test_after_its_time_nothing_is_added_any_more(self, hallström, clock):
        self.match(hallström)
        clock(DOOR + timedelta(minutes=34))
        text = hallström.get(self.address).content.decode()
        assert "Do not use it." in text
        assert "Add this injection" not in text
        self.give(hallström, clock)
        fields = {"injection-site": "right_ventricle", "injection-volume": "0.1"}
        hallström.post(self.address, {"act": "inject"} | fields)
        assert hallström.get(self.address).context["injections"] == []

    def test_the_clock_shows_the_time_of_day_without_script(self, hallström):
        text = hallström.get(self.address).content.decode()
        assert "Use by" in text
        assert "03:00</time>" in text.replace("03:00:00", "03:00")

    def test_stop_takes_a_reason_and_what_was_given(self, hallström, clock):
        self.match(hallström)
        self.give(hallström, clock, "0.2")
        stop = f"{UNIT}/stop"
        page = hallström.get(stop)
        assert page.context["form"]["given"].value() is not None
        answer = send(hallström, stop, reason="child", given="0.2", note="Rhythm changed.")
        assert answer.status_code == 302
        stopped = unit().latest(AdministrationStopped)
        assert (stopped.reason, str(stopped.given)) == ("child", "0.2 mL")
        assert "You can close this." in hallström.get(self.address).content.decode()

    def test_the_nurse_stops_it_and_does_not_record_what_is_given(self, hallström, st_anna):
        self.match(hallström)
        nurse = site.browser(cast.NURSE)
        text = nurse.get(self.address).content.decode()
        assert "Stop, do not give" in text
        assert "Add this injection" not in text
        assert nurse.post(self.address, {"act": "record"}).status_code == 302
        assert not unit().has(Administered)
