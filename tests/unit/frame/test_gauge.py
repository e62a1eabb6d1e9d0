"""Does the needle stand where the value lies?"""

from decimal import Decimal

import pytest

from cordula_web.frame.gauge import gauge

BOUNDS = (Decimal(1), Decimal(3))
ENDS = ("1 million per kg", "3 million per kg")


@pytest.mark.parametrize(
    ("value", "needle", "inside"),
    [
        ("1", "12.0%", True),
        ("2", "50.0%", True),
        ("2.1", "53.8%", True),
        ("3", "88.0%", True),
        ("0.9", "8.2%", False),
        ("3.0001", "88.0%", False),
        ("300", "99.0%", False),
        ("-300", "1.0%", False),
    ],
)
def test_a_value_stands_in_proportion_and_never_off_the_scale(
    value: str, needle: str, inside: bool
) -> None:
    drawn = gauge(Decimal(value), BOUNDS, ENDS, "")
    assert (drawn.needle, drawn.inside) == (needle, inside)


def test_a_range_that_does_not_grow_is_refused() -> None:
    with pytest.raises(ValueError, match="3 to 3"):
        gauge(Decimal(2), (Decimal(3), Decimal(3)), ENDS, "")
