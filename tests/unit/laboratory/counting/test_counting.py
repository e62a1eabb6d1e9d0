"""What does the bench ask, what does it work out, and what does it record?"""

import re

import pytest

from cordula.events.laboratory import Counted, Processed
from cordula.vocabulary.measures import measure
from cordula_web.laboratory.counting.doubts import doubt
from cordula_web.laboratory.counting.moments import Earlier
from cordula_web.laboratory.counting.sums import sums, total_cells, weight_of
from cordula_web.records import queries
from tests import cast, site
from tests.cast import q
from tests.unit.journey import cast as journey

ADDRESS = f"/unit/{cast.DIN}/count"
NOW = cast.after_birth(hours=20.5)


def plain(page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode())).replace("\xa0", " ")


# --- What follows from the values ---------------------------------------------------------------


def test_the_total_is_volume_times_concentration():
    values = {"volume": q("21", "mL"), "tnc_concentration": q("46.1", "10*6/mL")}
    assert total_cells(values) == q("968.1", "10*6")


def test_sums_show_their_working():
    values = {"volume": q("21", "mL"), "tnc_concentration": q("46.1", "10*6/mL")}
    before = {"volume": q("92", "mL"), "tnc_concentration": q("12.4", "10*6/mL")}
    total, recovered, _ = sums(values, before, None, None, "pre_freeze")
    assert (total.value, total.unit, total.note) == (
        "968.1",
        "million",
        "21\xa0mL × 46.1\xa0million\xa0per\xa0mL",
    )
    assert (recovered.value, recovered.unit) == ("85", "%")


def test_more_cells_than_before_is_doubted():
    values = {"volume": q("92", "mL"), "tnc_concentration": q("46.1", "10*6/mL")}
    before = {"volume": q("92", "mL"), "tnc_concentration": q("12.4", "10*6/mL")}
    _, recovered, _ = sums(values, before, None, None, "pre_freeze")
    assert recovered.status == "unknown"
    assert str(recovered.note).startswith("More than the")


@pytest.mark.parametrize(
    ("volume", "each", "weight", "answer"),
    [
        ("6", "36", "10", "Yes"),
        ("0.9", "36", "10", "No"),
        ("1", "36", "10", "Yes"),
        ("6", "50", "10", "No"),
    ],
)
def test_enough_is_judged_by_the_dose_rule_of_the_protocol(volume, each, weight, answer):
    values = {"volume": q(volume, "mL"), "tnc_concentration": q(each, "10*6/mL")}
    *_, enough = sums(values, {}, journey.DOSE_RULE, weight_of(weight), "pre_freeze")
    assert enough.value == answer


def test_without_a_weight_nothing_is_said_to_be_enough():
    *_, enough = sums({}, {}, journey.DOSE_RULE, weight_of("ten"), "pre_freeze")
    assert enough.value == "Not known"


# --- What is asked ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "asked"), [("1.9", True), ("0.062", True), ("0.063", False), ("1.54", False)]
)
def test_a_value_five_times_what_it_was_is_asked_about(value, asked):
    before = Earlier(q("0.31", "%"), "collected")
    found = doubt(measure("cd34_percent"), q(value, "%"), "pre_freeze", before)
    assert (found is not None) is asked


def test_the_question_says_what_it_was_before():
    found = doubt(
        measure("cd34_percent"), q("1.9", "%"), "pre_freeze", Earlier(q("0.31", "%"), "collected")
    )
    assert found.question == "Is 1.9% right?"
    assert found.reason == "Before it was 0.31%. Check the decimal point."


def test_a_value_outside_its_usual_range_is_asked_about():
    found = doubt(measure("volume"), q("130", "mL"), "collected", None)
    assert "Usually it is 13.5 to 124" in found.reason.replace("\xa0", " ")


# --- The page -----------------------------------------------------------------------------------


@pytest.fixture
def at_the_bench(st_anna, clock):
    """Processed, with a CD34 share and a concentration from before."""
    early = [*cast.before_birth(), *cast.birth()]
    first = cast.after_birth(hours=18.2)
    early += [
        cast.count("cd34_percent", "0.31", "%", "collected", at=first),
        cast.count("tnc_concentration", "12.4", "10*6/mL", "collected", at=first),
    ]
    early += [e for e in cast.laboratory() if isinstance(e, Processed)]
    site.record_life(early)
    clock(NOW)


@pytest.fixture
def technologist(at_the_bench):
    return site.browser(cast.TECHNOLOGIST, "technologist")


def hidden(page) -> dict[str, str]:
    text = page.content.decode()
    form = text[text.index('id="count"') :]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def save(browser, **values: str):
    given = {f"value-{key}": value for key, value in values.items() if "__" not in key}
    given |= {key.replace("__", "-"): value for key, value in values.items() if "__" in key}
    return browser.post(ADDRESS, {**hidden(browser.get(ADDRESS)), "save": "yes", **given})


def counted() -> list[Counted]:
    unit = queries.unit(cast.UNIT, site=site.HERE)
    return [event for event in unit.all(Counted) if event.timepoint == "pre_freeze"]


db = pytest.mark.django_db(transaction=True)


@db
def test_several_values_saved_together_are_several_entries_and_their_product(technologist):
    answer = save(technologist, volume="21", tnc_concentration="46.1")
    assert answer.status_code == 302
    assert [(e.measure, str(e.result)) for e in counted()] == [
        ("volume", "21 mL"),
        ("tnc_concentration", "46.1 10*6/mL"),
        ("tnc", "968.1 10*6"),
    ]
    assert counted()[-1].method == "volume × concentration"
    assert "2 results are recorded." in plain(technologist.get(answer.url))


@db
def test_the_same_form_sent_twice_is_recorded_once(technologist):
    form = {**hidden(technologist.get(ADDRESS)), "save": "yes", "value-volume": "21"}
    assert technologist.post(ADDRESS, form).status_code == 302
    assert technologist.post(ADDRESS, form).status_code == 302
    assert len(counted()) == 1


@db
def test_an_unusual_value_is_not_saved_until_it_is_answered(technologist):
    answer = save(technologist, cd34_percent="1.9")
    assert answer.status_code == 422
    assert "Is 1.9% right?" in plain(answer)
    assert counted() == []


@db
def test_the_answer_is_recorded_with_the_value(technologist):
    asked = save(technologist, cd34_percent="1.9")
    form = {**hidden(asked), "value-cd34_percent": "1.9", "confirmed": "cd34_percent=1.9"}
    answered = technologist.post(ADDRESS, form)
    assert answered.status_code == 200
    assert counted() == []
    assert 'name="confirmed" value="cd34_percent=1.9"' in answered.content.decode()
    assert technologist.post(ADDRESS, {**form, "save": "yes"}).status_code == 302
    assert [e.unusual_confirmed for e in counted()] == [True]


@db
def test_an_answer_to_one_value_is_none_to_another(technologist):
    answer = save(technologist, cd34_percent="9.1", confirmed__="cd34_percent=1.9")
    assert answer.status_code == 422
    assert counted() == []


@db
@pytest.mark.parametrize(
    ("values", "told"),
    [
        (
            {"nucleated_viability": "101"},
            "Live cells cannot be 101%. Enter a value between 0% and 100%.",
        ),
        ({"volume": "21,5"}, "has a comma"),
        ({"volume": "much"}, "is not a plain number"),
        ({"nucleated_viability": "94"}, "Viability of nucleated cells needs its cell type."),
        (
            {"nucleated_viability": "94", "cells__nucleated_viability": "cd34"},
            "is measured on nucleated cells, not on cd34 cells",
        ),
        ({}, "Enter at least one value."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_typed_is_lost(technologist, values, told):
    answer = save(technologist, **values)
    assert answer.status_code == 422
    assert told in plain(answer)
    for text in (v for k, v in values.items() if "__" not in k):
        assert f'value="{text}"' in answer.content.decode()
    assert counted() == []


@db
def test_a_viability_is_recorded_with_cells_and_method(technologist):
    save(
        technologist,
        nucleated_viability="94",
        cells__nucleated_viability="nucleated",
        method__nucleated_viability="7-AAD",
    )
    assert [(e.cell_type, e.method) for e in counted()] == [("nucleated", "7-AAD")]


@db
def test_a_page_that_is_behind_the_record_is_refused_with_what_came_in_between(technologist):
    form = hidden(technologist.get(ADDRESS))
    site.record_life(
        [*cast.before_birth(), cast.count("mnc_percent", "60", "%", "pre_freeze", at=NOW)]
    )
    answer = technologist.post(ADDRESS, {**form, "save": "yes", "value-volume": "21"})
    assert answer.status_code == 409
    assert "this unit’s record went on" in plain(answer).replace("'", "’").replace("&#x27;", "’")
    assert 'value="21"' in answer.content.decode()
    assert [e.measure for e in counted()] == ["mnc_percent"]


@db
def test_the_steps_follow_the_history(technologist):
    text = technologist.get(ADDRESS).content.decode()
    steps = re.findall(
        r'<li( class="now" aria-current="step")?>(.*?)</li>',
        text[text.index("This run") :],
        re.DOTALL,
    )
    told = [(bool(now), "done" in body) for now, body in steps[:8]]
    assert told == [
        (False, True),
        (False, True),
        (False, True),
        (False, True),
        (True, False),
        (False, False),
        (False, False),
        (False, False),
    ]


@db
def test_the_page_of_the_bench_has_no_name_of_a_child(technologist):
    text = technologist.get(ADDRESS).content.decode().lower()
    assert "haddad" not in text
    assert "lina" not in text.replace("technologist", "").replace("unit-of-lina", "").replace(
        "infant:lina", ""
    )


@db
def test_a_reader_without_the_right_to_count_sees_no_field(at_the_bench):
    page = site.browser(cast.QUALITY, "quality").get(ADDRESS)
    assert page.status_code == 200
    assert 'name="value-volume"' not in page.content.decode()
    assert 'name="save"' not in page.content.decode()


@db
def test_sums_follow_what_stands_in_the_fields(technologist):
    answer = technologist.post(
        f"{ADDRESS}/sums", {"value-volume": "21", "value-tnc_concentration": "46.1", "kg": "10"}
    )
    assert "968.1 million" in plain(answer).replace("  ", " ")
    assert counted() == []


@db
def test_what_was_typed_survives_a_detour_and_is_gone_once_it_is_saved(technologist):
    technologist.post(f"{ADDRESS}/sums", {"value-volume": "21", "kg": "10"})
    page = technologist.get(ADDRESS)
    assert 'name="value-volume" value="21"' in page.content.decode()
    assert "These values were typed before and are not saved yet." in plain(page)
    save(technologist, volume="21")
    assert 'name="value-volume" value=""' in technologist.get(ADDRESS).content.decode()


@db
def test_what_was_typed_for_one_point_is_not_shown_at_another(technologist):
    technologist.post(f"{ADDRESS}/sums", {"value-volume": "21"})
    assert 'value="21"' not in technologist.get(f"{ADDRESS}?at=collected").content.decode()


@db
def test_a_draft_can_be_emptied(technologist):
    technologist.post(f"{ADDRESS}/sums", {"value-volume": "21"})
    technologist.post(ADDRESS, {"empty": "yes"})
    assert 'value="21"' not in technologist.get(ADDRESS).content.decode()
