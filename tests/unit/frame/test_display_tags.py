"""Do templates write values as the display room does, in the site's zone?"""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import timezone

from cordula.display import Unknown
from cordula.vocabulary.quantity import Quantity

SUMMER_NIGHT = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)


def written(source: str, **context: Any) -> str:
    return Template(source).render(Context(context)).replace("\u00a0", " ")


def test_a_moment_is_shown_in_the_zone_of_the_site_for_people_and_machines() -> None:
    with timezone.override("Europe/Vienna"):
        shown = written("{% moment at weekday=True %}", at=SUMMER_NIGHT)
    assert shown == '<time datetime="2026-07-01T00:30:00+02:00">Wed 01-Jul-2026 00:30</time>'


def test_a_filter_knows_the_zone_too() -> None:
    with timezone.override("Europe/Vienna"):
        assert (
            written("{{ at|clin_date }} {{ at|clin_time }}", at=SUMMER_NIGHT) == "01-Jul-2026 00:30"
        )


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ value|dose }}", "0.68 mL"),
        ("{{ value|quantity }}", "0.680 mL"),
    ],
)
def test_a_dose_drops_a_trailing_zero_and_a_measured_value_keeps_it(
    source: str, shown: str
) -> None:
    assert written(source, value=Quantity(Decimal("0.680"), "mL")) == shown


@pytest.mark.parametrize(
    "source", ["{{ value|dose }}", "{{ value|clin_date }}", "{% moment value %}", "{% day value %}"]
)
def test_what_is_missing_is_said_in_words(source: str) -> None:
    assert written(source, value=None) == "Not recorded"


def test_the_three_unknowns_stay_three() -> None:
    assert written("{{ value|quantity }}", value=Unknown.NONE_KNOWN) == "None known"


def test_a_day_and_a_patient_date() -> None:
    born = date(2026, 6, 4)
    assert written("{% day born %}", born=born) == '<time datetime="2026-06-04">04-Jun-2026</time>'
    assert written("{{ born|patient_date }}", born=born) == "4 June 2026"


def test_a_range_an_age_and_a_person() -> None:
    low, high = Quantity(Decimal(20), "mL"), Quantity(Decimal(25), "mL")
    assert written("{% range_text low high %}", low=low, high=high) == "20 to 25 mL"
    assert written("{% age born on %}", born=date(2026, 6, 4), on=date(2026, 11, 22)) == "(5m 18d)"
    assert written('{% person "Haddad" "Lina" "Miss" %}') == "HADDAD, Lina (Miss)"


def test_a_donation_number_is_shown_in_groups_and_copied_without_gaps() -> None:
    shown = written('{% din "A999926123456" %}')
    assert "<span>A9999</span><span>26</span><span>123456</span>" in shown
    assert '<span class="flags">00</span><span class="check">T</span>' in shown
    assert " </span>" not in shown


def test_the_check_flags_of_a_label_are_not_printed() -> None:
    assert '<span class="flags"></span>' in written('{% din "A999926123456" "89" %}')


def test_what_is_no_donation_number_is_shown_as_it_came_and_escaped() -> None:
    assert (
        written("{% din text %}", text="<LOT 7>")
        == '<bdi class="id" translate="no">&lt;LOT 7&gt;</bdi>'
    )


def test_a_status_is_a_shape_a_word_and_a_colour() -> None:
    shown = written('{% status "waiting_signature" %}')
    assert "#i-sign" in shown
    assert "Waiting for a signature" in shown
    assert 'class="tag wait"' in shown
