"""Before birth: announced without a name in the ledger, a kit, consent by scopes, a protocol, the donor's answers."""

from datetime import timedelta

import pytest

from cordula.events.before_birth import Announced, Consented, Enrolled, Expected
from cordula.events.laboratory import Assessed
from cordula.events.parts import Answer
from cordula.events.record_keeping import ProtocolApproved
from cordula.vocabulary.identifiers import InfantId, MotherId, ProtocolId
from cordula_web.collection.coordinator.allocation import NoFacility, facility_of, next_chain
from cordula_web.people import identities
from cordula_web.people.sites import Site
from cordula_web.records import queries
from cordula_web.records.models import Entry
from tests import cast, site
from tests.unit.journey import cast as journey

pytestmark = pytest.mark.django_db
TODAY = cast.after_birth(days=-30)
RANA = {
    "family_name": "Tamm",
    "given_name": "Iris",
    "number": "5512 0077",
    "due": "04-Jul-2026",
    "children": "1",
    "which": "1",
}
KIT = "=A99992655555500"


@pytest.fixture
def petra(st_anna, clock, settings):
    settings.CORDULA_FACILITY = "A9999"
    clock(TODAY)
    return site.browser(site.COORDINATOR)


def send(browser, address, **fields):
    form = browser.get(address).context["form"]
    hidden = {name: form[name].value() for name in ("key", "seen")}
    return browser.post(address, hidden | fields)


def announced(browser, **fields):
    """The identifier of the child who was announced."""
    answer = send(browser, "/announce", **(RANA | fields))
    assert answer.status_code == 302, answer.content.decode()
    return InfantId(answer.headers["Location"].split("/")[2])


def child(name):
    return queries.infant(name, site=site.HERE)


def with_kit(browser):
    name = announced(browser)
    assert send(browser, f"/child/{name}/kit", din=KIT).status_code == 302
    return name


class TestAnnounce:
    def test_names_are_kept_apart_and_the_ledger_has_none(self, petra):
        name = announced(petra)
        event = child(name).first(Announced)
        assert str(event.chain_of_identity) == "CHA999926000001"
        assert identities.name_of(name) == "TAMM, Baby"
        assert identities.name_of(event.mother) == "TAMM, Iris"
        whole = b"".join(bytes(data) for data in Entry.objects.values_list("data", flat=True))
        for personal in (b"Tamm", b"Iris", b"5512"):
            assert personal not in whole

    def test_each_child_gets_the_next_chain_of_identity(self, petra):
        first, second = announced(petra), announced(petra, number="5512 0078")
        chains = [str(child(name).chain_of_identity) for name in (first, second)]
        assert chains == ["CHA999926000001", "CHA999926000002"]

    def test_twins_are_announced_alone_and_have_one_mother(self, petra):
        first = announced(petra, children="2")
        page = petra.get(f"/child/{first}/sibling")
        form = page.context["form"]
        fields = {name: form[name].value() for name in (*RANA, "key", "seen")}
        assert fields["which"] == "2"
        answer = petra.post(f"/child/{first}/sibling", fields)
        second = InfantId(answer.headers["Location"].split("/")[2])
        assert child(first).mother == child(second).mother
        orders = [child(name).first(Announced).birth_order for name in (first, second)]
        assert orders == ["1 of 2", "2 of 2"]

    def test_a_mother_known_by_her_number_is_the_same_mother(self, petra):
        first, second = announced(petra), announced(petra)
        assert child(first).mother == child(second).mother

    def test_child_three_of_two_cannot_be(self, petra):
        answer = send(petra, "/announce", **(RANA | {"children": "2", "which": "3"}))
        assert answer.status_code == 422
        assert "Child 3 of 2 cannot be." in answer.content.decode()

    @pytest.mark.parametrize("due", ["4/7/26", "31-Jun-2026", "soon"])
    def test_a_day_is_written_as_it_is_shown(self, petra, due):
        answer = send(petra, "/announce", **(RANA | {"due": due}))
        assert answer.status_code == 422
        assert "Enter a day, like 04-Jun-2026." in answer.content.decode()
        assert answer.context["form"]["family_name"].value() == "Tamm"

    def test_sent_twice_there_is_one_child(self, petra):
        form = petra.get("/announce").context["form"]
        fields = RANA | {"key": form["key"].value(), "seen": ""}
        answers = [petra.post("/announce", fields).headers["Location"] for _ in range(2)]
        assert answers[0] == answers[1]
        assert Entry.objects.filter(type="Announced").count() == 1

    def test_without_a_facility_number_nothing_is_allocated(self, petra, settings):
        settings.CORDULA_FACILITY = ""
        answer = send(petra, "/announce", **RANA)
        assert answer.status_code == 409
        assert "No facility number" in answer.content.decode()


class TestAllocation:
    def test_practice_has_a_facility_number_that_nobody_has(self, settings):
        settings.CORDULA_FACILITY = ""
        assert facility_of(Site(id="st-b", name="B", practice=True)) == "A9999"
        with pytest.raises(NoFacility):
            facility_of(Site(id="st-b", name="B", practice=False))

    def test_each_year_begins_anew(self, petra):
        announced(petra)
        assert str(next_chain("A9999", 2026)) == "CHA999926000002"
        assert str(next_chain("A9999", 2027)) == "CHA999927000001"


class TestKit:
    def test_a_scanned_kit_is_bound_to_the_child(self, petra):
        name = with_kit(petra)
        kit = child(name).latest(Expected)
        assert str(kit.din) == "A999926555555"
        assert kit.chain_of_identity == child(name).chain_of_identity
        assert kit.mother == child(name).mother

    def test_a_kit_is_for_one_child_only(self, petra):
        with_kit(petra)
        other = announced(petra, number="5512 0079")
        answer = send(petra, f"/child/{other}/kit", din=KIT)
        assert answer.status_code == 409
        assert "belongs to another unit already" in answer.content.decode()
        assert answer.context["form"]["din"].value() == KIT

    def test_what_is_no_donation_number_is_refused_in_words(self, petra):
        answer = send(petra, f"/child/{announced(petra)}/kit", din="A999926555555")
        assert answer.status_code == 422
        assert "check character" in answer.content.decode()


class TestConsent:
    given = {"scopes": ["collect", "store"], "parents": "1", "form": "consent 1.0"}  # noqa: RUF012

    def test_what_is_not_ticked_is_not_agreed_to(self, petra):
        name = with_kit(petra)
        fields = self.given | {"not_available": "on", "witness": f"BDG:{cast.MIDWIFE}"}
        assert send(petra, f"/child/{name}/consent", **fields).status_code == 302
        consent = child(name).latest(Consented)
        assert consent.scopes == ("collect", "store")
        assert (consent.parents, consent.other_parent_not_available) == (1, True)
        assert consent.witness == cast.MIDWIFE
        assert consent.units == child(name).units

    def test_nothing_is_ticked_beforehand(self, petra):
        page = petra.get(f"/child/{with_kit(petra)}/consent").content.decode()
        assert " checked" not in page

    def test_both_parents_and_one_not_available_contradict(self, petra):
        name = with_kit(petra)
        fields = self.given | {"parents": "2", "not_available": "on"}
        answer = send(petra, f"/child/{name}/consent", **fields)
        assert answer.status_code == 422
        assert "both were available" in answer.content.decode()

    def test_the_kit_comes_first(self, petra):
        name = announced(petra)
        assert "Set aside a kit first" in petra.get(f"/child/{name}/consent").content.decode()
        send(petra, f"/child/{name}/consent", **self.given)
        assert not child(name).has(Consented)

    def test_nobody_witnesses_alone(self, petra):
        name = with_kit(petra)
        fields = self.given | {"witness": "coordinator"}
        answer = send(petra, f"/child/{name}/consent", **fields)
        assert answer.status_code == 422
        assert "your own badge" in answer.content.decode()


def approve():
    event = ProtocolApproved(
        protocol_file=ProtocolId(journey.ID),
        version=journey.VERSION,
        digest=journey.DIGEST,
        signature=cast.signature("medical_director"),
        by=cast.DIRECTOR,
        at=cast.after_birth(days=-60),
    )
    site.record_life([event])


class TestEnrol:
    def test_an_approved_version_can_be_enrolled_under(self, petra, st_anna):
        approve()
        name = with_kit(petra)
        choice = f"{journey.ID} {journey.VERSION} {journey.DIGEST}"
        assert send(petra, f"/child/{name}/enrol", protocol=choice).status_code == 302
        enrolled = child(name).latest(Enrolled)
        assert (enrolled.protocol, enrolled.digest) == (journey.ID, journey.DIGEST)

    def test_a_version_nobody_approved_is_not_offered_and_not_taken(self, petra):
        name = with_kit(petra)
        page = petra.get(f"/child/{name}/enrol").content.decode()
        assert "No version of a protocol is approved" in page
        choice = f"{journey.ID} {journey.VERSION} {journey.DIGEST}"
        send(petra, f"/child/{name}/enrol", protocol=choice)
        assert not child(name).has(Enrolled)


class TestQuestions:
    address = f"/unit/{cast.DIN}/questions"

    @pytest.fixture(autouse=True)
    def enrolled(self, petra):
        site.record_life(cast.before_birth())

    def test_an_answer_is_recorded_and_asked_for_again_only_when_changed(self, petra, clock):
        clock(TODAY + timedelta(days=20))
        browser = site.browser(site.COORDINATOR)
        assert "recorded" in send(browser, self.address, travel="not_known").content.decode()
        assert send(browser, self.address, travel="not_known").status_code == 422
        send(browser, self.address, travel="no")
        found = [e.answer for e in queries.unit(cast.UNIT, site=site.HERE).all(Assessed)]
        assert found == [Answer.NOT_KNOWN, Answer.NO]

    def test_without_a_protocol_there_is_nothing_to_ask(self, petra):
        with_kit(petra)
        page = petra.get("/unit/A999926555555/questions").content.decode()
        assert "Enrol the child first." in page


class TestBeforeBirth:
    def test_the_hub_says_what_is_done_and_offers_what_is_next(self, petra):
        name = with_kit(petra)
        text = petra.get(f"/child/{name}/before-birth").content.decode()
        assert "CHA999926000001" in text
        for words in ("Record consent", "Enrol in a protocol", "Ask about the donor"):
            assert words in text

    def test_who_may_not_record_is_offered_nothing(self, petra):
        name = with_kit(petra)
        nurse = site.browser(cast.NURSE)
        assert "Record consent" not in nurse.get(f"/child/{name}/before-birth").content.decode()
        assert "Your role does not record this." in nurse.get(f"/child/{name}/kit").content.decode()

    def test_a_child_of_another_site_is_not_there(self, petra):
        assert petra.get("/child/nobody/before-birth").status_code == 404
        assert MotherId("nobody")
