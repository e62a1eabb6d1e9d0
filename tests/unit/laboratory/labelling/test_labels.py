"""A label is printed, read back by a scanner, and counts only then; a wrong one is found."""

import re
import socket
from threading import Thread

import pytest

from cordula.events.laboratory import LabelPrinted, LabelVerified
from cordula.labels.scan import scan
from cordula_web.laboratory.labelling import content
from cordula_web.laboratory.labelling.zpl import zpl
from cordula_web.laboratory.seen import unit_or_404
from cordula_web.people.acting import acting_as
from cordula_web.people.sites import Membership
from cordula_web.records import queries
from tests import cast, site
from tests.unit.journey import cast as journey
from tests.unit.laboratory.posting import hidden, plain, send

pytestmark = pytest.mark.django_db(transaction=True)
LABELS = f"/unit/{cast.DIN}/labels"
VIAL = f"{LABELS}/D00020A0"
SQUARE = f"=+02000={cast.DIN}00=<D00020A0"


def unit():
    return queries.unit(cast.UNIT, site=site.HERE)


@pytest.fixture
def brandt(st_anna, clock):
    site.record_life(journey.before_release())
    clock(cast.after_birth(days=150))
    return site.browser(cast.TECHNOLOGIST, "technologist")


@pytest.fixture
def vial(brandt):
    member = Membership.active.get(account_id=cast.TECHNOLOGIST, role_name="technologist")
    seen = unit_or_404(acting_as(member), str(cast.DIN), cast.after_birth(days=150))
    return content.content_of(seen, seen.unit.product(cast.VIAL_A))


def scan_back(browser, text):
    return browser.post(f"{VIAL}/scan", {**hidden(browser.get(VIAL)), "scan": text})


def test_what_the_label_tells_is_what_a_scan_reads(vial):
    assert vial.square == SQUARE
    names = [structure.name for structure in scan(vial.square).structures]
    assert names == ["Donation identification number [001]", "Product code [003]"]


def test_the_screen_shows_a_preview_and_the_paper_the_codes(brandt):
    page = brandt.get(VIAL).content.decode()
    assert "SPECIMEN" in page
    assert "UnitBanner" not in page
    assert 'class="paper"' not in page
    send(brandt, VIAL, copies="2")
    page = brandt.get(VIAL).content.decode()
    assert page.count('class="bars"') - page.count("</figure>") * 2 == 4  # two bars on two copies


def test_a_label_counts_only_once_it_was_scanned_back(brandt):
    send(brandt, VIAL, copies="1")
    told = unit().latest(LabelPrinted)
    assert (told.product, told.template, told.practice) == (cast.VIAL_A, "vial", True)
    assert "Printed, not scanned back" in plain(brandt.get(LABELS))
    assert scan_back(brandt, SQUARE).status_code == 302
    assert unit().latest(LabelVerified).product == cast.VIAL_A
    assert "Scanned back" in plain(brandt.get(LABELS))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("=+02000=A99992612345700=<D00020A0", "of another donation"),
        (f"=+02000={cast.DIN}00=<D00020B0", "of another product"),
        (f"={cast.DIN}00", "Scan the square"),
        ("PREVIEW ONLY", "preview on a screen"),
        ("hello", "Not known here"),
    ],
)
def test_a_label_that_reads_otherwise_is_refused(brandt, text, told):
    send(brandt, VIAL, copies="1")
    answer = scan_back(brandt, text)
    assert answer.status_code == 409
    assert told in plain(answer)
    assert unit().latest(LabelVerified) is None


def test_a_second_printing_asks_why(brandt):
    send(brandt, VIAL, copies="1")
    assert send(brandt, VIAL, copies="1").status_code == 422
    assert send(brandt, VIAL, copies="1", reason="It was torn.").status_code == 302
    assert unit().latest(LabelPrinted).reprint_reason is not None


@pytest.mark.parametrize("copies", ["0", "21", "two", ""])
def test_a_number_of_copies_that_cannot_be_is_refused(brandt, copies):
    assert send(brandt, VIAL, copies=copies).status_code == 422
    assert unit().latest(LabelPrinted) is None


def test_a_product_that_is_not_there_has_no_label(brandt):
    assert brandt.get(f"{LABELS}/D00020Z0").status_code == 404


def test_the_printer_s_language_carries_the_same_codes(vial):
    told = zpl(vial, 2, cast.BIRTH.tzinfo)
    assert f"^FD{SQUARE}^FS" in told
    assert f"^FD={cast.DIN}00^FS" in told
    assert "^FDSPECIMEN^FS" in told
    assert told.endswith("^PQ2\n^XZ\n")


def test_words_cannot_command_the_printer(vial):
    evil = content.Content(
        **{name: getattr(vial, name) for name in vial.__slots__} | {"facility": "A^XZ~JA"}
    )
    told = zpl(evil, 1, cast.BIRTH.tzinfo)
    assert len(re.findall(r"\^XZ", told)) == 1
    assert "~" not in told


def test_a_printer_gets_the_label_and_the_record_says_so(brandt, settings):
    printer = socket.create_server(("127.0.0.1", 0))
    settings.CORDULA_LABEL_PRINTER = f"127.0.0.1:{printer.getsockname()[1]}"
    got: list[bytes] = []

    def listen() -> None:
        line, _ = printer.accept()
        with line:
            while part := line.recv(4096):
                got.append(part)

    listening = Thread(target=listen)
    listening.start()
    assert send(brandt, VIAL, copies="1").status_code == 302
    listening.join(5)
    printer.close()
    assert SQUARE.encode() in b"".join(got)
    assert unit().latest(LabelPrinted) is not None


def test_a_silent_printer_leaves_no_trace_in_the_record(brandt, settings):
    with socket.create_server(("127.0.0.1", 0)) as gone:
        settings.CORDULA_LABEL_PRINTER = f"127.0.0.1:{gone.getsockname()[1]}"
    answer = send(brandt, VIAL, copies="1")
    assert answer.status_code == 503
    assert "Nothing was printed" in plain(answer)
    assert unit().latest(LabelPrinted) is None


def test_the_list_of_labels_counts_what_waits_and_opens_what_is_scanned(st_anna, clock):
    site.record_life(journey.before_release()[:12])
    clock(cast.after_birth(days=1))
    browser = site.browser(cast.TECHNOLOGIST, "technologist")
    assert unit().state.value in ("received", "processed")
    send(browser, f"{LABELS}/unit", copies="1")
    assert re.search(r"A9999 26 123456 00 T 1 ", plain(browser.get("/labels")))
    answer = browser.post("/scan", {"scan": f"={cast.DIN}00", "page": "every_label"})
    assert answer.headers["Location"] == LABELS
