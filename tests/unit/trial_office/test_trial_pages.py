"""Who sees what of a running trial: everybody's part without an arm, the board's part on the record."""

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from cordula.events.admission import NotAdmitted
from cordula.events.record_keeping import ClosedReportOpened
from cordula.trial.allocation import AllocationList
from cordula_web.people import disclosures
from cordula_web.people.sites import Site
from cordula_web.records import queries
from cordula_web.records.histories import REMEMBERED
from cordula_web.trial_office.facts import plan_here, trial_of
from tests import cast, site
from tests.unit.trial_office.conftest import (
    BEGAN,
    BOARD,
    CHILDREN,
    OTHER,
    PROTOCOL,
    STATISTICIAN,
    committed,
    drawn,
    enrolment,
    measured,
    randomised,
    tell,
)

pytestmark = pytest.mark.django_db(transaction=True)

TRIAL = f"/trial/{PROTOCOL.id}/{PROTOCOL.version}"
MEETING = f"/meetings/{PROTOCOL.id}/{PROTOCOL.version}"
OPEN = f"{MEETING}/open-closed-part"


def read(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return unescape(answer.content.decode())


def arms() -> list[str]:
    return [arm["title"] for arm in PROTOCOL.design["arms"]]


def test_the_statistician_sees_the_trial_and_no_arm(trial: AllocationList) -> None:
    page = read(site.browser(STATISTICIAN), TRIAL)

    assert "8 of 60 children have entered" in page
    assert "OPEN PART" in page
    assert not [title for title in arms() if title in page]
    assert str(queries.as_of().index + 1) in page


def test_lists_and_draws_stand_there_with_their_proofs(trial: AllocationList) -> None:
    page = read(site.browser(STATISTICIAN), TRIAL)

    assert trial.root in page
    assert all(f"{one.digest[:16]}…" in page for one in trial.seals)
    assert page.count("Leads to the root") == CHILDREN
    assert "DOES NOT" not in page


def test_the_words_of_a_draw_are_kept_and_shown_to_nobody_in_the_clinic(
    trial: AllocationList,
) -> None:
    kept = disclosures.read(one.digest for one in trial.disclosures)
    page = read(site.browser(cast.SURGEON, "surgeon"), "/child/trial-child-00/record")

    assert len(kept) == CHILDREN
    assert "Drew a place of the list" in page
    assert "Your role does not read these words." in page
    for one in trial.disclosures:
        assert f">{one.value}<" not in page


def test_a_page_of_an_earlier_size_is_the_page_of_then(trial: AllocationList) -> None:
    client, size = site.browser(STATISTICIAN), queries.as_of().index + 1
    part = "<h2"  # the banner and the foot speak of the present; the report does not

    before = read(client, f"{TRIAL}?size={size}")
    tell(measured(6, BEGAN + timedelta(days=240), 40, "after_3_months"))
    after = read(client, f"{TRIAL}?size={size}")

    assert (
        before[before.index(part) : before.index("<footer")]
        == after[after.index(part) : after.index("<footer")]
    )
    assert client.get(f"{TRIAL}?size={size + 99}").status_code == 404
    assert client.get(f"{TRIAL}?size=-1").status_code == 404


def test_the_closed_part_is_opened_on_the_record_before_it_is_shown(trial: AllocationList) -> None:
    board = site.browser(BOARD)
    before = queries.as_of().index

    answer = board.post(OPEN, {"key": "a meeting in May"})

    opened = queries.entries_of(["ClosedReportOpened"], site=site.HERE)
    assert answer.status_code == 302
    assert [(one.event.by, one.event.size) for one in opened] == [(BOARD, before + 1)]  # type: ignore[attr-defined]
    page = read(board, answer.headers["Location"])
    assert "CLOSED PART" in page
    assert all(title in page for title in arms())
    assert "Repeated confidence interval" in page
    assert "drew from the committed list" in page


def test_a_double_send_opens_once(trial: AllocationList) -> None:
    board, form = site.browser(BOARD), {"key": "the same form twice"}

    one, other = board.post(OPEN, form), board.post(OPEN, form)

    assert one.status_code == 302
    # The second speaks of a later ledger under the same key: it is refused, and nothing more is recorded.
    assert other.status_code == 409
    assert len(queries.entries_of(["ClosedReportOpened"], site=site.HERE)) == 1


def test_nobody_else_reads_what_a_member_opened(trial: AllocationList) -> None:
    url = site.browser(BOARD).post(OPEN, {"key": "a meeting in May"}).headers["Location"]

    for account in (OTHER, STATISTICIAN, cast.DIRECTOR, site.AUDITOR):
        role = "medical_director" if account == cast.DIRECTOR else None
        assert site.browser(account, role).get(url).status_code == 404
        assert site.browser(account, role).get(f"{url}/paper").status_code == 404


def test_after_an_hour_it_must_be_opened_anew(
    trial: AllocationList, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = site.browser(BOARD)
    url = board.post(OPEN, {"key": "a meeting in May"}).headers["Location"]
    later = timezone.now() + timedelta(hours=1, minutes=1)
    monkeypatch.setattr("cordula_web.trial_office.meeting_views.timezone.now", lambda: later)

    assert board.get(url).status_code == 404


@pytest.mark.parametrize("account", [STATISTICIAN, site.AUDITOR, cast.DIRECTOR])
def test_only_the_board_opens(trial: AllocationList, account: str) -> None:
    role = "medical_director" if account == cast.DIRECTOR else None
    answer = site.browser(account, role).post(OPEN, {"key": "not for me, thanks"})  # type: ignore[arg-type]

    assert answer.status_code == 404
    assert not queries.entries_of(["ClosedReportOpened"], site=site.HERE)


def test_who_may_not_open_is_not_offered_the_door(trial: AllocationList) -> None:
    assert "Open the closed part" in read(site.browser(BOARD), MEETING)
    director = read(site.browser(cast.DIRECTOR, "medical_director"), MEETING)
    assert "Open the closed part" not in director
    assert "members of the safety board alone" in director


def test_each_opening_that_saw_more_is_a_look(trial: AllocationList) -> None:
    """The trial is told as of 2025. By the second opening the last two children's visits are over as well."""
    board = site.browser(BOARD)
    first = board.post(OPEN, {"key": "the first meeting"}).headers["Location"]
    second = board.post(OPEN, {"key": "the second meeting"}).headers["Location"]
    again = board.post(OPEN, {"key": "the second, once more"}).headers["Location"]

    assert "look 1</h2>" in read(board, first)
    assert "look 2</h2>" in read(board, second)
    assert "look 2</h2>" in read(board, again)


def test_the_papers_are_tagged_and_marked(trial: AllocationList) -> None:
    board = site.browser(BOARD)
    url = board.post(OPEN, {"key": "a meeting in May"}).headers["Location"]

    for path in (f"{MEETING}/paper", f"{url}/paper"):
        answer = board.get(path)
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
        assert "no-store" in answer.headers["Cache-Control"]


def test_another_site_s_trial_is_not_there(trial: AllocationList) -> None:
    assert trial_of(PROTOCOL.id, PROTOCOL.version, site.ELSEWHERE) is None
    assert trial_of(PROTOCOL.id, "9.9", site.HERE) is None


def test_an_empty_office_says_what_is_missing(st_anna: None) -> None:
    assert "No protocol is in force at this site." in read(site.browser(STATISTICIAN), "/trial")
    assert "No protocol is in force at this site." in read(site.browser(BOARD), "/meetings")


# --- At the door ------------------------------------------------------------------------------


def test_a_list_is_refused_once_a_child_is_enrolled(st_anna: None) -> None:
    for event in enrolment(0):
        tell(event)

    with pytest.raises(NotAdmitted, match="before the first child"):
        tell(committed(drawn(), BEGAN + timedelta(days=1)))


def test_a_place_out_of_turn_or_of_another_list_is_refused(st_anna: None) -> None:
    listed, other = drawn(), drawn()
    tell(committed(listed, BEGAN - timedelta(days=2)))
    for event in (*enrolment(0), *enrolment(1)):
        tell(event)
    at = BEGAN + timedelta(days=30)

    with pytest.raises(NotAdmitted, match="place 1 is next"):
        tell(*randomised(listed, 1, at))
    with pytest.raises(NotAdmitted, match="not place 1 of the list"):
        tell(*randomised(other, 0, at))
    tell(*randomised(listed, 0, at))
    with pytest.raises(NotAdmitted, match="drawn already"):
        tell(*randomised(listed, 0, at))


def test_the_opening_names_what_it_was_made_from(trial: AllocationList) -> None:
    site.browser(BOARD).post(OPEN, {"key": "a meeting in May"})
    REMEMBERED.forget()

    found = trial_of(PROTOCOL.id, PROTOCOL.version, site.HERE)

    assert found is not None
    opened = found.openings[0].event
    assert isinstance(opened, ClosedReportOpened)
    assert found.at(opened.size).root == opened.root


@pytest.mark.parametrize("practice", [True, False])
def test_at_a_practice_site_every_report_says_that_nobody_in_it_is_real(
    st_anna: None, settings: object, practice: bool
) -> None:
    settings.PRACTICE = False  # type: ignore[attr-defined]
    Site.objects.filter(pk=str(site.HERE)).update(practice=practice)
    assert plan_here(replace(PROTOCOL, practice=False), site.HERE).practice is practice
