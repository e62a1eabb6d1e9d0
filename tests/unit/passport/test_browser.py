"""The second verifier, in a real browser without a network, judges every case as the first one does."""

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from cordula.passport.passport import verify
from cordula.passport.refusal import Refused
from tests.unit.passport.cases import CASES
from tests.unit.passport.corpus import read
from tests.unit.passport.forge import KEYS, SIGNER

PAGE = Path(str(files("cordula.passport") / "verify.html"))
TEXT = PAGE.read_text(encoding="utf-8")
CHROMIUM = "/usr/bin/chromium"
KEY, VECTORS = read()


@dataclass
class Desk:
    """The page as a person at the receiving hospital has it open."""

    page: Page
    problems: list[str]
    given: int = 0

    def give(self, data: bytes, key: str = KEY) -> tuple[str, str, str]:
        """Verdict, reason and title after choosing this file."""
        self.given += 1
        name = f"{self.given}.passport"
        self.page.fill("#key", key)
        self.page.set_input_files("#file", {"name": name, "mimeType": "text/plain", "buffer": data})
        self.page.wait_for_selector(f"#answer[data-file='{name}']", timeout=5000)
        answer = self.page.locator("#answer")
        verdict, reason = (answer.get_attribute(f"data-{name}") for name in ("verdict", "reason"))
        return verdict or "", reason or "", self.page.locator("#answer h2").inner_text()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Desk]:
    context = browser.new_context(offline=True)
    page, problems = context.new_page(), []
    page.on("console", lambda said: problems.append(said.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "request", lambda asked: problems.append(asked.url) if asked.url != PAGE.as_uri() else None
    )
    page.goto(PAGE.as_uri())
    yield Desk(page, problems)
    context.close()
    assert not problems, "the page asked for something, or complained"


def judged(data: bytes) -> tuple[str, str, str]:
    """Verdict, reason and sentence of the verifier in Python."""
    try:
        verify(data, KEYS)
    except Refused as refused:
        return "refused", refused.reason, refused.sentence
    return "verified", "", ""


@pytest.mark.browser
def test_both_verifiers_agree_on_every_vector(desk: Desk) -> None:
    found = {v.name: (desk.give(v.data)[:2]) for v in VECTORS}
    told = {
        v.name: ("verified", "") if v.verdict == "verified" else ("refused", v.verdict)
        for v in VECTORS
    }
    assert found == told


@pytest.mark.browser
def test_both_verifiers_say_the_same(desk: Desk) -> None:
    for case in CASES:
        verdict, reason, sentence = judged(case.data)
        shown = desk.give(case.data)
        assert shown[:2] == (verdict, reason), case.name
        if reason and reason not in QUOTES_ITS_LIBRARY:
            assert shown[2] == f"Refused ({reason}): {sentence}.", case.name


# The other sentences quote what the library at hand said, and so differ.
QUOTES_ITS_LIBRARY = frozenset({"malformed", "not_an_entry", "not_sealed"})


@pytest.mark.browser
def test_a_change_of_one_bit_is_refused_by_both(desk: Desk) -> None:
    data = next(v.data for v in VECTORS if v.name == "alone_in_its_ledger")
    for place in range(0, len(data), 23):
        changed = data[:place] + bytes([data[place] ^ 1 << place % 8]) + data[place + 1 :]
        assert desk.give(changed)[:2] == judged(changed)[:2], place


@pytest.mark.browser
def test_the_history_is_told_and_so_is_what_it_cannot_prove(desk: Desk) -> None:
    data = next(v.data for v in VECTORS if v.name == "a_whole_life")
    desk.give(data)
    told = desk.page.locator("#answer").inner_text()
    assert "True as of entry 68 of the ledger, 24-Nov-2026 02:27 UTC." in told
    assert "ask the issuer for later events" in told
    assert "the seal of the bag was torn — “Möbius” tape" in told
    assert "sealed, not disclosed" in told
    assert "36 million per mL" in told
    assert desk.page.locator("tbody tr").count() == 30


@pytest.mark.browser
def test_words_in_a_passport_stay_words(desk: Desk) -> None:
    from tests.unit.passport.cases import after, ledger_of, raw

    entry = raw("Received", '{"where":"<img src=x onerror=alert(1)>"}')
    assert desk.give(ledger_of(entry, after(entry)))[0] == "verified"
    assert desk.page.locator("#answer img").count() == 0


@pytest.mark.browser
@pytest.mark.parametrize(
    ("key", "says"),
    [
        ("", "the issuer’s public key is needed first"),
        ("nonsense", "is not a public key"),
        (KEY.replace("+1", "+2"), "is not a public key"),
        (SIGNER.format(), "that is a private key"),
    ],
)
def test_without_a_usable_key_nothing_is_checked(desk: Desk, key: str, says: str) -> None:
    verdict, _, title = desk.give(CASES[0].data, key)
    assert verdict == "not_checked"
    assert says in title


@pytest.mark.browser
def test_a_browser_that_cannot_check_signatures_says_so(desk: Desk) -> None:
    desk.page.evaluate(
        "() => { crypto.subtle.importKey = () => Promise.reject(new Error('unknown')) }"
    )
    verdict, _, title = desk.give(CASES[0].data)
    assert verdict == "not_checked"
    assert "this browser cannot check Ed25519 signatures" in title


@pytest.mark.parametrize(("name", "part"), [("script", "script-src"), ("style", "style-src")])
def test_the_policy_of_the_page_allows_only_its_own_script_and_style(name: str, part: str) -> None:
    (inside,) = re.findall(f"<{name}>(.*?)</{name}>", TEXT, re.DOTALL)
    allowed = b64encode(sha256(inside.encode()).digest()).decode()
    assert "default-src 'none'; script-src 'sha256-" in TEXT
    assert f"{part} 'sha256-{allowed}'" in TEXT, f"write sha256-{allowed} after {part}"


def test_the_page_names_no_address() -> None:
    assert not re.search(r"https?://|//[a-z]+\.|\bsrc=|\bhref=|fetch\(|XMLHttp|import\(", TEXT)


def test_the_page_is_small_enough_to_be_read() -> None:
    script = TEXT.partition("<script>")[2].partition("</script>")[0].splitlines()
    code = [line for line in script if line.strip() and not line.strip().startswith("//")]
    assert len(code) <= 300
