"""Does a scan reach the scan field from wherever the cursor stands, and does typing stay typing?"""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[[str], Page]
THIS_BAG, ANOTHER_BAG = "=A99992612348100", "=A99992612345600"


def scan(page: Page, text: str, suffix: str = "Enter") -> None:
    """A wedge scanner: a keyboard with a few milliseconds between its keys."""
    page.evaluate(
        """([text, suffix]) => {
          const press = (key) => {
            const target = document.activeElement;
            const down = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
            const kept = target.dispatchEvent(down);
            if (kept && key.length === 1 && "value" in target) target.value += key;
          };
          [...text, suffix].forEach(press);
        }""",
        [text, suffix],
    )


def last_scan(page: Page) -> str:
    return re.sub(r"\s+", " ", page.locator("#last-scan").inner_text())


@pytest.mark.parametrize("suffix", ["Enter", "Tab"])
def test_a_scan_in_a_number_field_is_routed_and_the_field_keeps_its_number(
    open_page: Open, complaints: list[str], suffix: str
) -> None:
    page = open_page("bench")
    page.locator("#m-volume").focus()
    scan(page, ANOTHER_BAG, suffix)
    expect(page.locator("#last-scan")).to_contain_text("Wrong bag. Stop.")
    assert page.locator("#m-volume").input_value() == "21"
    assert complaints == []


def test_a_badge_has_no_start_of_its_own_and_is_known_by_its_speed(open_page: Open) -> None:
    page = open_page("bench")
    page.locator("#m-volume").focus()
    scan(page, "BDG:004711")
    expect(page.locator("#last-scan")).to_contain_text("BDG:004711")
    assert page.locator("#m-volume").input_value() == "21"


def test_a_hand_types_as_ever(open_page: Open) -> None:
    page = open_page("bench")
    field = page.locator("#m-volume")
    field.fill("")
    field.press_sequentially("21.5=7", delay=70)
    page.wait_for_timeout(150)
    assert field.input_value() == "21.5=7"
    expect(page.locator("#last-scan")).to_contain_text("Bag matches this run.")


def test_the_scanners_own_key_brings_the_cursor_to_the_scan_field(open_page: Open) -> None:
    page = open_page("bench")
    page.locator("#m-live").focus()
    page.keyboard.press("F2")
    expect(page.locator("#scan")).to_be_focused()
    page.keyboard.type(ANOTHER_BAG, delay=5)
    page.keyboard.press("Enter")
    expect(page.locator("#last-scan")).to_contain_text("Wrong bag. Stop.")
    expect(page.locator("#scan")).to_have_value("")


def test_the_sign_of_the_symbology_is_no_part_of_the_scan(open_page: Open) -> None:
    page = open_page("bench")
    page.locator("#m-live").focus()
    scan(page, "]C0" + THIS_BAG)
    expect(page.locator("#last-scan")).to_contain_text("Bag matches this run.")
    assert page.locator("#m-live").input_value() == "94"


def test_while_a_question_is_open_the_squares_of_the_page_are_refused(open_page: Open) -> None:
    page = open_page("bench")
    scan(page, "CMD:NEXT:7F3A")
    assert last_scan(page) == "Answer the question first."
    assert page.url.endswith("/bench")


def test_a_square_presses_the_answer_to_the_question(open_page: Open) -> None:
    page = open_page("bench")
    scan(page, "cmd:change")
    expect(page.locator("#m-cd34")).to_be_focused()


def test_a_square_of_another_page_is_refused(open_page: Open) -> None:
    page = open_page("bench")
    page.evaluate("document.querySelector('[data-question]').remove()")
    scan(page, "CMD:NEXT:0000")
    assert last_scan(page) == "That square does not belong to this page."


def test_a_square_presses_its_button_once_the_question_is_answered(open_page: Open) -> None:
    page = open_page("bench")
    page.evaluate("document.querySelector('[data-question]').remove()")
    with page.expect_navigation():
        scan(page, "CMD:DEVIATION:7F3A")


def test_a_function_key_presses_its_button(open_page: Open) -> None:
    page = open_page("bench")
    with page.expect_request(lambda request: request.method == "POST"):
        page.keyboard.press("F9")


def test_a_stroke_searches_unless_somebody_is_typing(open_page: Open) -> None:
    page = open_page("bench")
    page.locator("#m-volume").focus()
    page.keyboard.press("/")
    expect(page.locator("#m-volume")).to_be_focused()
    page.locator("h1").click()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()


def test_without_script_a_scan_is_a_form_of_one_field(chromium, showcase: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(showcase + "bench")
    page.locator("#scan").fill(ANOTHER_BAG)
    page.locator("#scan").press("Enter")
    expect(page.locator("#last-scan")).to_contain_text("Wrong bag. Stop.")
    context.close()
