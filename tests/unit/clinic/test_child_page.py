"""Who is this child, and what may be recorded of her: by this person, as she is now?"""

from datetime import timedelta
from decimal import Decimal

import pytest

from cordula.events.course import Died, OperationCancelled, Reviewed, ReviewRequested, Weighed
from cordula.vocabulary.identifiers import InfantId
from cordula_web.records import queries
from tests import cast, site
from tests.unit.journey import cast as journey

pytestmark = pytest.mark.usefixtures("st_anna")
CHILD = f"/child/{cast.LINA}"
WHEN = cast.after_birth(days=171)


@pytest.fixture
def lina(clock):
    site.record_life([*journey.before_release(), weighed("6.8")])
    clock(WHEN)


def weighed(kg: str) -> Weighed:
    return Weighed(
        infant=cast.LINA, weight=cast.q(kg, "kg"), by=cast.NURSE, at=WHEN - timedelta(days=1)
    )


def infant():
    return queries.infant(cast.LINA, site=site.HERE)


def text_of(account, address=CHILD, role=None) -> str:
    return site.browser(account, role).get(address).content.decode()


def send(account, page: str, role=None, browser=None, **entered):
    """Open the form, fill it in, send it."""
    browser = browser or site.browser(account, role)
    form = browser.get(f"{CHILD}/{page}").context["form"]
    drawn = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    drawn = {name: f"{v:%Y-%m-%dT%H:%M}" if hasattr(v, "hour") else v for name, v in drawn.items()}
    return browser.post(f"{CHILD}/{page}", drawn | entered)


# --- The page -------------------------------------------------------------------------------------


def test_the_page_tells_her_course_and_her_unit(lina):
    text = text_of(cast.SURGEON)
    for told in ("HADDAD, Lina (Miss)", "Hypoplastic left heart", "Stage II (Glenn)", "6.8"):
        assert told in text
    assert f"/unit/{cast.DIN}" in text


def test_a_child_without_a_unit_is_told_why_and_offered_nothing(clock):
    site.record_life(cast.before_birth()[:1])
    clock(cast.after_birth(days=-10))
    text = text_of(cast.SURGEON)
    assert "There is no unit for this child" in text
    assert "No kit is set aside for the birth." in text


def test_only_what_a_role_may_record_is_offered(lina):
    assert f"{CHILD}/weigh" in text_of(cast.NURSE)
    assert f"{CHILD}/plan" not in text_of(cast.NURSE)
    assert f"{CHILD}/weigh" not in text_of(cast.DIRECTOR)


def test_nothing_is_planned_or_asked_for_after_a_death(lina):
    site.record_life([Died(infant=cast.LINA, by=cast.SURGEON, at=WHEN)])
    text = text_of(cast.SURGEON)
    assert "This child has died." in text
    for gone in ("plan", "weigh", "ask_review", "died"):
        assert f"{CHILD}/{gone}" not in text
    assert site.browser(cast.SURGEON).get(f"{CHILD}/plan").status_code == 302


def test_a_review_that_is_not_signed_shows_no_result(lina):
    asked = ReviewRequested(
        infant=cast.LINA, review="genetics", by=site.CARDIOLOGIST, at=WHEN - timedelta(hours=1)
    )
    site.record_life([asked])
    assert "Hidden until it is signed." in text_of(cast.SURGEON)


def test_another_sites_child_is_not_there(lina):
    assert site.browser(cast.SURGEON).get("/child/nobody").status_code == 404
    assert site.browser(cast.SURGEON).get("/child/Not an id").status_code == 404


def test_whoever_may_not_record_reads_who_can(lina):
    answer = site.browser(cast.NURSE).get(f"{CHILD}/plan")
    assert answer.status_code == 403
    assert "Mr D. Hallström" in answer.content.decode()


# --- What can be recorded -------------------------------------------------------------------------


def test_a_weight_is_recorded_with_the_digits_it_was_measured_with(lina):
    answer = send(cast.NURSE, "weigh", weight="6.90", where="ward")
    assert answer.status_code == 302
    assert str(infant().weight.weight.value) == "6.90"
    assert infant().weight.by == cast.NURSE


def test_a_weight_far_from_the_last_is_asked_about_and_recorded_when_it_is_right(lina):
    answer = send(cast.NURSE, "weigh", weight="8.9")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Is 8.9\u00a0kg right?" in text
    assert 'value="8.9"' in text
    assert infant().weight.weight.value == Decimal("6.8")
    answer = send(cast.NURSE, "weigh", weight="8.9", right="8.9", where="ward")
    assert answer.status_code == 302
    assert infant().weight.weight.value == Decimal("8.9")


def test_saying_that_one_weight_is_right_does_not_confirm_another(lina):
    assert send(cast.NURSE, "weigh", weight="9.8", right="8.9", where="ward").status_code == 422


@pytest.mark.parametrize("weight", ["", "heavy", "680", "-1"])
def test_a_weight_that_cannot_be_is_refused_and_kept(lina, weight):
    answer = send(cast.NURSE, "weigh", weight=weight, right=weight, where="ward")
    assert answer.status_code == 422
    assert "There is something to put right" in answer.content.decode()
    assert f'value="{weight}"' in answer.content.decode() or not weight


def test_a_form_sent_twice_is_recorded_once(lina):
    browser = site.browser(cast.SURGEON)
    form = browser.get(f"{CHILD}/cancel").context["form"]
    sent = {
        "key": form["key"].value(),
        "seen": form["seen"].value(),
        "operation": "stage_2_palliation",
        "reason": "theatre",
    }
    before = infant().version
    assert [browser.post(f"{CHILD}/cancel", sent).status_code for _ in range(2)] == [302, 302]
    assert infant().version == before + 1
    assert isinstance(infant().events[-1], OperationCancelled)


def test_what_came_in_between_is_told_and_nothing_is_lost(lina):
    browser = site.browser(cast.NURSE)
    form = browser.get(f"{CHILD}/weigh").context["form"]
    entered = {name: form[name].value() for name in ("key", "seen")}
    entered |= {"weight": "6.9", "where": "ward", "at": f"{WHEN:%Y-%m-%dT%H:%M}"}
    site.record_life(
        [Weighed(infant=cast.LINA, weight=cast.q("6.7", "kg"), by=cast.NURSE, at=WHEN)]
    )
    answer = browser.post(f"{CHILD}/weigh", entered)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "went on" in text
    assert 'value="6.9"' in text
    again = entered | {"seen": answer.context["form"]["seen"].value()}
    assert browser.post(f"{CHILD}/weigh", again).status_code == 302


def test_an_operation_is_planned_and_cancelled(lina):
    later = f"{WHEN + timedelta(days=9):%Y-%m-%dT%H:%M}"
    answer = send(
        cast.SURGEON, "plan", operation="stage_3_palliation", planned_for=later, theatre="Theatre 2"
    )
    assert answer.status_code == 302
    assert infant().planned("stage_3_palliation").theatre == "Theatre 2"
    send(cast.SURGEON, "cancel", operation="stage_3_palliation", reason="parents")
    assert infant().planned("stage_3_palliation") is None


def test_an_outcome_stands_in_the_table_by_its_method(lina):
    answer = send(
        site.CARDIOLOGIST,
        "outcome",
        measure="rvef",
        result="48.5",
        method="echo",
        timepoint="before_operation",
    )
    assert answer.status_code == 302
    assert "48.5%" in text_of(cast.SURGEON)


def test_an_outcome_at_a_time_it_is_not_measured_at_is_refused(lina):
    answer = send(
        site.CARDIOLOGIST,
        "outcome",
        measure="rvef",
        result="48",
        method="echo",
        timepoint="after_3_hours",
    )
    assert answer.status_code == 422
    assert "measured at one of" in answer.content.decode()


def test_harm_is_reported_with_two_questions_and_sealed_words(lina):
    answer = send(
        cast.SURGEON,
        "harm",
        category="arrhythmia",
        grade="3",
        serious="yes",
        was_expected="no",
        related_to_product="possible",
        related_to_procedure="probable",
        started_at=f"{WHEN - timedelta(hours=3):%Y-%m-%dT%H:%M}",
        words="Runs of tachycardia.",
    )
    assert answer.status_code == 302
    event = infant().adverse_events[0]
    assert (event.number, event.grade, event.serious) == ("AE-1", 3, True)
    assert (event.related_to_product, event.related_to_procedure) == ("possible", "probable")
    assert event.units == (cast.UNIT,)
    assert "Runs of tachycardia." in text_of(cast.SURGEON)
    entry = queries.history(f"infant:{cast.LINA}", site=site.HERE)[-1]
    assert "tachycardia" not in repr(entry)


def test_nothing_is_chosen_for_the_one_who_reports_harm(lina):
    form = site.browser(cast.SURGEON).get(f"{CHILD}/harm").context["form"]
    asked = ("grade", "serious", "was_expected", "related_to_product", "related_to_procedure")
    assert [form[name].value() for name in asked] == [None] * len(asked)


def test_consent_is_taken_back_with_the_wish(lina):
    answer = send(site.COORDINATOR, "withdraw", scopes=["store", "use"], wish="discard", note="")
    assert answer.status_code == 302
    assert queries.unit(cast.UNIT, site=site.HERE).withdrawal is not None
    assert "Taken back" in text_of(site.COORDINATOR)


def test_a_review_is_signed_with_the_password_over_words_that_name_the_child(lina, settings):
    settings.PRACTICE_WITHOUT_SECOND_FACTOR = True
    from cordula_web.people.accounts import Account
    from cordula_web.people.sites import Site

    Site.objects.update(practice=True)
    geneticist = Account.objects.get(pk=site.GENETICIST)
    geneticist.set_password(site.PASSWORD)
    geneticist.save()
    browser = site.browser(site.GENETICIST)
    entered = {"report": "No variant of concern.", "conclusion": "no_objection"}
    wrong = send(site.GENETICIST, "review", browser=browser, password="wrong", **entered)
    assert wrong.status_code == 422
    assert infant().latest(Reviewed).by != site.GENETICIST
    right = send(site.GENETICIST, "review", browser=browser, password=site.PASSWORD, **entered)
    assert right.status_code == 302
    assert infant().latest(Reviewed).by == site.GENETICIST
    assert "No variant of concern." in text_of(cast.SURGEON)


# --- Lists ----------------------------------------------------------------------------------------


def several(count: int) -> None:
    for number in range(1, count + 1):
        site.record_life(site.of_another(cast.before_birth()[:3], number))


def test_a_list_asks_the_database_as_often_for_many_as_for_few(
    clock, django_assert_max_num_queries
):
    several(3)
    clock(WHEN)
    browser = site.browser(cast.SURGEON)
    browser.get("/unit")
    for address in ("/unit", "/child"):
        with django_assert_max_num_queries(14):
            assert browser.get(address).status_code == 200


def test_the_next_deadline_stands_first_and_a_state_can_be_chosen(lina):
    several(1)
    text = text_of(cast.SURGEON, "/unit")
    assert text.index("123456") < text.index("100001")
    only = text_of(cast.SURGEON, "/unit?state=expected")
    assert "100001" not in only
    assert "100001" in text_of(cast.SURGEON, "/unit?state=consented")


def test_the_technologists_list_has_no_names(lina):
    assert "HADDAD" in text_of(cast.SURGEON, "/unit")
    assert "HADDAD" not in text_of(cast.TECHNOLOGIST, "/unit")


def test_children_without_a_unit_are_found(clock):
    site.record_life(cast.before_birth()[:1])
    several(1)
    clock(WHEN)
    text = text_of(cast.SURGEON, "/child?which=without_unit")
    assert "/child/lina" in text
    assert f"/child/{InfantId('child-1')}" not in text


def test_an_empty_list_says_what_would_be_there(clock):
    clock(WHEN)
    assert "There is no unit at this site." in text_of(cast.SURGEON, "/unit")
    assert "No child is announced at this site." in text_of(cast.SURGEON, "/child")


# --- A transplant, and what was wrong ---------------------------------------------------------------


def test_a_transplant_is_recorded_once(lina):
    assert send(cast.SURGEON, "transplanted").status_code == 302
    assert infant().transplanted_at is not None
    assert f"{CHILD}/transplanted" not in text_of(cast.SURGEON)


def test_a_wrong_weight_is_struck_out_with_the_reason(lina):
    version = next(n for n, e in enumerate(infant().events, 1) if e is infant().weight)
    answer = send(cast.SURGEON, "void", entry=str(version), reason="Another child was weighed.")
    assert answer.status_code == 302
    assert version in infant().voided
    assert infant().weight is None


def test_an_act_of_the_course_cannot_be_struck_out(lina):
    assert send(cast.SURGEON, "void", entry="1", reason="It was not so.").status_code == 422
    assert not infant().voided
