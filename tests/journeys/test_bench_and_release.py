"""A technologist scans a unit and records a count; two people release a unit, and they are two."""

import pytest

pytestmark = pytest.mark.browser

IN_RUN, TO_SIGN = "A999926000014", "A999926000009"


def test_a_technologist_scans_a_unit_and_records_a_count(visitor) -> None:
    bench = visitor("brandt")
    page = bench.go("/bench")
    page.fill("#scan", f"={IN_RUN}00")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/unit/{IN_RUN}/count**")

    page.fill("input[name=value-mnc_percent]", "71")
    page.click("button[name=save]")
    page.wait_for_load_state()

    assert "Recorded 71%" in page.inner_text("main")


def test_an_impossible_value_is_refused_and_no_field_is_cleared(visitor) -> None:
    page = visitor("brandt").go(f"/unit/{IN_RUN}/count")
    page.fill("input[name=value-mnc_percent]", "171")
    page.fill("input[name=value-volume]", "21")
    page.click("button[name=save]")
    page.wait_for_load_state()
    assert "cannot be 171" in page.inner_text("main")
    assert page.input_value("input[name=value-mnc_percent]") == "171"
    assert page.input_value("input[name=value-volume]") == "21"


def test_a_scan_in_a_number_field_leaves_the_number_alone(visitor) -> None:
    page = visitor("brandt").go(f"/unit/{IN_RUN}/count")
    page.fill("input[name=value-volume]", "21")
    page.focus("input[name=value-volume]")
    page.keyboard.press("F2")  # what a scanner sends first
    page.keyboard.type("=A99992600000300", delay=3)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Wrong bag")
    assert page.input_value("input[name=value-volume]") == "21"


def test_two_people_release_a_unit_and_one_person_is_not_two(visitor) -> None:
    quality = visitor("adeyemi").go(f"/unit/{TO_SIGN}/release")
    assert "Every gate of the protocol that stands before the release is met" in quality.inner_text(
        "main"
    )
    _sign(quality, "wrong password")
    assert "password" in quality.inner_text("main").lower()
    assert "Signed by" not in quality.inner_text("main")
    _sign(quality, "practice makes careful")

    again = visitor("adeyemi").go(f"/unit/{TO_SIGN}/release")
    assert again.query_selector("input[name=last_four]") is None

    director = visitor("holm").go(f"/unit/{TO_SIGN}/release")
    _sign(director, "practice makes careful")

    unit = visitor("hallstrom").go(f"/unit/{TO_SIGN}").inner_text("main")
    assert "Released by" in unit or "Release for this child" in unit
    journey = visitor("holm").go(f"/unit/{TO_SIGN}/record").inner_text("main")
    assert "Dr Lars Holm" in journey
    assert "K. Adeyemi" in journey


def _sign(page, password: str) -> None:
    page.fill("input[name=last_four]", TO_SIGN[-4:])
    page.fill("input[name=password]", password)
    page.click("button:has-text('Sign') >> visible=true >> nth=-1")
    page.wait_for_load_state()
