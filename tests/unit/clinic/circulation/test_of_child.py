"""The circulation of one child: begun from her record, changed at will, never written back."""

from datetime import datetime, timedelta

import pytest

from cordula.events.course import Died, Examined, Operated, Transplanted, Weighed
from cordula_web.records.models import Entry
from tests import cast, site

pytestmark = pytest.mark.usefixtures("st_anna")
CHILD = f"/child/{cast.LINA}"
PAGE = f"{CHILD}/circulation"
NOW = cast.after_birth(days=60)


def examined(
    measure: str, value: str, unit: str, at: datetime, timepoint: str = "baseline"
) -> Examined:
    return Examined(
        infant=cast.LINA,
        measure=measure,
        result=cast.q(value, unit),
        method="echo",
        timepoint=timepoint,
        by=site.CARDIOLOGIST,
        at=at,
    )


def after_stage_1() -> list[object]:
    at = cast.after_birth(days=8)
    begun = at - timedelta(hours=5)
    return [
        Operated(
            infant=cast.LINA,
            operation="stage_1_palliation",
            started_at=begun,
            by=cast.SURGEON,
            at=at,
        ),
        examined("rvef", "47", "%", cast.after_birth(days=20)),
        examined("rvef", "44.5", "%", cast.after_birth(days=50), "before_operation"),
        Weighed(
            infant=cast.LINA,
            weight=cast.q("4350", "g"),
            by=cast.NURSE,
            at=cast.after_birth(days=55),
        ),
    ]


@pytest.fixture
def lina(clock):
    """Records her birth and what is given besides; then it is day 60."""

    def live(*more: object) -> None:
        site.record_life([*cast.before_birth(), *cast.birth(), *more])
        clock(NOW)

    return live


def page(account=cast.SURGEON, role=None):
    return site.browser(account, role).get(PAGE)


def form_of(answer) -> dict[str, object]:
    form = answer.context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value()}


def test_what_the_record_has_stands_in_its_field_with_its_day(lina):
    lina(*after_stage_1())

    answer = page()
    text = answer.content.decode()

    assert form_of(answer) == {
        "points": "5",
        "circuit": "norwood-bts",
        "weight": "4.35",
        "age": "60",
        "ejection_fraction": "44.5",
    }
    assert "In the record: 44.5%" in text
    assert "Echo, read at this site" in text
    assert "Guessed from the record: Stage I (Norwood)" in text


def test_the_page_says_of_which_event_it_speaks_whose_it_is_and_what_it_is_not(lina):
    lina(*after_stage_1())

    text = page().content.decode()

    assert f"as of event {Entry.objects.count() - 1}" in text
    assert "HADDAD, Lina (Miss)" in text
    assert "not this child’s future" in text
    assert "Uncontrolled copy" in text
    assert f'href="{CHILD}"' in text


def test_a_reading_from_before_the_operation_is_told_and_not_used(lina):
    lina(examined("rvef", "51", "%", cast.after_birth(days=3)), *after_stage_1()[:1])

    answer = page()

    assert "ejection_fraction" not in form_of(answer)
    assert "read before “Stage I (Norwood)”" in answer.content.decode()


def test_the_fraction_of_the_other_ventricle_is_not_used(lina):
    lina(*after_stage_1()[:1], examined("lvef", "60", "%", cast.after_birth(days=50)))

    answer = page()

    assert "ejection_fraction" not in form_of(answer)
    assert "the ventricle that feeds the body" in answer.content.decode()


def test_before_an_operation_no_circulation_is_chosen_for_her(lina):
    lina(examined("rvef", "51", "%", cast.after_birth(days=3)))

    answer = page()
    form = form_of(answer)

    assert "circuit" not in form
    assert "ejection_fraction" not in form
    assert "Not guessed" in answer.content.decode()


def test_an_age_the_circulation_is_not_made_for_is_told_and_left_out(lina, clock):
    lina(*after_stage_1())
    clock(cast.after_birth(days=400))

    answer = page()

    assert "age" not in form_of(answer)
    assert "400 days ago: older or younger" in answer.content.decode()


def test_four_stories_are_told_of_her_and_nothing_is_recorded(lina):
    lina(*after_stage_1())
    before = Entry.objects.count()
    browser = site.browser(cast.SURGEON)

    answer = browser.post(PAGE, form_of(browser.get(PAGE)) | {"mean_arterial_pressure": "57"})
    text = answer.content.decode()

    assert answer.status_code == 200
    assert text.count("<article") == 4
    assert "HADDAD, Lina (Miss)" in text
    assert Entry.objects.count() == before


def test_what_cannot_be_is_refused_beside_what_the_record_says(lina):
    lina(*after_stage_1())

    answer = site.browser(cast.SURGEON).post(
        PAGE, {"circuit": "norwood-bts", "weight": "0", "points": "5", "ejection_fraction": "140"}
    )
    text = answer.content.decode()

    assert answer.status_code == 422
    assert "140 % cannot be" in text
    assert "0 kg cannot be" in text
    assert "In the record: 44.5%" in text


def test_her_page_leads_there(lina):
    lina(*after_stage_1())

    assert PAGE in site.browser(cast.SURGEON).get(CHILD).content.decode()


@pytest.mark.parametrize("ended", [Died, Transplanted])
def test_of_a_heart_that_beats_no_more_nothing_is_asked(lina, ended):
    lina(*after_stage_1(), ended(infant=cast.LINA, by=cast.SURGEON, at=cast.after_birth(days=58)))

    assert PAGE not in site.browser(cast.SURGEON).get(CHILD).content.decode()
    assert page().url == CHILD


def test_nor_of_a_child_who_is_not_born(clock):
    site.record_life(cast.before_birth())
    clock(cast.after_birth(days=-5))

    assert page().url == CHILD


def test_who_does_not_see_children_does_not_see_her(lina):
    lina(*after_stage_1())

    assert page(cast.TECHNOLOGIST, "technologist").status_code in (403, 404)


def test_a_child_there_is_not_is_not_found(lina):
    lina()

    assert site.browser(cast.SURGEON).get("/child/nobody/circulation").status_code == 404
