"""Are dates held together, and is a sentence still escaped?"""

from django.utils.safestring import mark_safe

from cordula_web.frame.unbroken import unbroken


def test_a_date_with_its_weekday_and_time_is_one_piece() -> None:
    shown = unbroken("Counted on Mon\u00a023-Nov-2026\u00a016:00, in 1d\u00a08hr.")
    assert (
        shown
        == 'Counted on <span class="nb">Mon\u00a023-Nov-2026\u00a016:00</span>, in 1d\u00a08hr.'
    )


def test_two_dates_are_two_pieces() -> None:
    assert unbroken("04-Jun-2026 to 05-Jun-2026").count('class="nb"') == 2


def test_a_sentence_without_a_date_stays_as_it_is() -> None:
    assert unbroken("6 of 10 gates are met.") == "6 of 10 gates are met."


def test_markup_in_a_sentence_is_escaped() -> None:
    assert (
        unbroken("<b>04-Jun-2026</b>") == '&lt;b&gt;<span class="nb">04-Jun-2026</span>&lt;/b&gt;'
    )


def test_markup_that_is_already_safe_is_left_alone() -> None:
    assert unbroken(mark_safe("<b>so</b>")) == "<b>so</b>"
