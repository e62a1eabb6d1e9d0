"""A simulation runs beside the site: one at a time, told of from any page, stopped on request, and kept."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from cordula.protocols.load import folder_named
from cordula_web.trial_office import jobs, runner
from cordula_web.trial_office.forms import choices
from cordula_web.trial_office.jobs import Asked, Job, NotStarted, State
from cordula_web.trial_office.results import document_of, result_of
from tests import site
from tests.unit.trial_office.conftest import BOARD, PROTOCOL, STATISTICIAN

SITE = str(site.HERE)
FORM = {"design": PROTOCOL.digest, "scenario": "null", "trials": "20", "seed": "7"}


def asked(**changes: Any) -> Asked:
    told: dict[str, Any] = {
        "protocol": "practice-mnc-stage-2 1.0",
        "title": "Practice",
        "folder": str(folder_named("practice-mnc-stage-2")),
        "site_file": "",
        "scenario": "null",
        "trials": 20,
        "seed": 7,
        "by": "E. Novak",
        "at": datetime(2026, 11, 22, 9, 0, tzinfo=UTC),
    }
    return Asked(**{**told, **changes})


def written(home: Path, **changes: Any) -> Job:
    """A job as `start` makes it, without its process."""
    from dataclasses import asdict

    folder = (
        home / SITE / f"{len(list((home / SITE).glob('*'))) if (home / SITE).exists() else 0:016x}"
    )
    folder.mkdir(parents=True)
    (folder / jobs.ASKED).write_bytes(orjson.dumps(asdict(asked(**changes))))
    return Job(folder)


@pytest.fixture
def home(settings: Any) -> Path:
    return Path(settings.CORDULA_SIMULATIONS)


def until_over(job: Job, seconds: float = 60) -> State:
    end = time.monotonic() + seconds
    while job.state is State.RUNNING and time.monotonic() < end:
        time.sleep(0.1)
    return job.state


def test_what_the_process_writes_is_what_the_page_reads(home: Path) -> None:
    job = written(home, scenario="harm")

    runner.run(job.folder)

    assert job.state is State.DONE
    assert job.progress.percent == 100
    assert job.paper.read_bytes().startswith(b"%PDF")
    told = dict(document_of(job.result).facts)
    assert (told["Seed"], told["Digest of the protocol"]) == ("7", PROTOCOL.digest)
    page = result_of(job)
    assert page is not None
    assert [part.heading for part in page.parts if "Scenario" in part.heading] == [
        "Scenario “null”: The cells change nothing",
        f"Scenario “harm”: {PROTOCOL.scenarios['harm']['title']}",
    ]


def test_the_page_and_the_command_find_the_same(home: Path) -> None:
    from cordula.trial.design import design_of
    from cordula.trial.report import simulated
    from cordula.trial.scenarios import scenarios_of
    from cordula.trial.simulation import simulate

    job = written(home)
    runner.run(job.folder)
    design, scenarios = design_of(PROTOCOL), scenarios_of(PROTOCOL)

    directly = simulated(design, scenarios, [simulate(design, scenarios["null"], 20, 7)])

    assert document_of(job.result) == directly


def test_a_simulation_that_was_stopped_before_its_first_trials_says_so(home: Path) -> None:
    job = written(home, trials=5000, scenario="all")
    (job.folder / jobs.STOP).touch()

    runner.run(job.folder)

    # Asked before it began: the block under way is finished and kept.
    assert job.state is State.STOPPED
    assert document_of(job.result).sections


def test_a_protocol_that_is_gone_is_a_failure_in_words(home: Path, tmp_path: Path) -> None:
    job = written(home, folder=str(tmp_path / "nowhere"))

    runner.run(job.folder)

    assert job.state is State.FAILED
    assert "nowhere" in job.failure


def test_a_process_that_is_gone_is_not_taken_for_running(home: Path) -> None:
    job = written(home)
    (job.folder / jobs.PID).write_text("999999999")

    assert job.state is State.FAILED


def test_it_runs_as_a_process_and_a_second_one_is_refused(home: Path) -> None:
    job = jobs.start(SITE, asked(trials=10))
    try:
        with pytest.raises(NotStarted, match="running at this site"):
            jobs.start(SITE, asked())
        assert jobs.start("another-site", asked(trials=10)).state is State.RUNNING
    finally:
        ended = until_over(job)
        for other in jobs.all_of("another-site"):
            until_over(other)

    assert ended is State.DONE, job.failure
    assert jobs.find(SITE, job.id) == job
    assert jobs.find("another-site", job.id) is None


@pytest.mark.parametrize("name", ["../../etc", "0" * 15, "lock", "f" * 16])
def test_only_a_job_is_found(home: Path, name: str) -> None:
    written(home)

    assert jobs.find(SITE, name) is None


def test_only_the_newest_are_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in range(1, 25):
        runner.write(
            written(home, at=datetime(2026, 1, day, tzinfo=UTC)).folder / jobs.RESULT, b"{}"
        )
    monkeypatch.setattr(jobs, "_begin", lambda job: None)

    jobs.start(SITE, asked())

    kept = jobs.all_of(SITE)
    assert len(kept) == jobs.KEPT
    assert min(job.asked.at.day for job in kept if job.asked.at.month == 1) == 6


# --- The page ---------------------------------------------------------------------------------


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Job]:
    """The jobs that pages began, without their processes."""
    found: list[Job] = []
    monkeypatch.setattr(jobs, "_begin", found.append)
    return found


def test_the_statistician_starts_watches_and_stops(st_anna: None, started: list[Job]) -> None:
    client = site.browser(STATISTICIAN)

    answer = client.post("/simulations", FORM)
    page = client.get(answer.headers["Location"]).content.decode()

    assert answer.status_code == 302
    assert "Running" in page
    assert "Stop it, and keep what is done" in page
    assert client.post(f"{answer.headers['Location']}/stop").status_code == 302
    assert started[0].stopping
    assert "asked to stop" in client.get(f"{answer.headers['Location']}/progress").content.decode()


def test_a_second_start_is_refused_with_its_reason(st_anna: None, started: list[Job]) -> None:
    client = site.browser(STATISTICIAN)
    client.post("/simulations", FORM)

    answer = client.post("/simulations", FORM)

    assert answer.status_code == 409
    assert "running at this site" in answer.content.decode()
    assert 'value="20"' in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("scenario", "nonsense", "It has: null, some, harm"),
        ("trials", "0", "From 10 to 200,000 trials"),
        ("trials", "9999999", "From 10 to 200,000 trials"),
        ("seed", "-1", "greater than or equal to 0"),
        ("design", "no-such-digest", "not one of the available choices"),
    ],
)
def test_what_cannot_be_simulated_is_refused_at_its_field(
    st_anna: None, started: list[Job], field: str, value: str, says: str
) -> None:
    answer = site.browser(STATISTICIAN).post("/simulations", {**FORM, field: value})

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not started


def test_the_auditor_reads_and_starts_nothing(st_anna: None, started: list[Job]) -> None:
    auditor = site.browser(site.AUDITOR)

    assert "Simulate a design" not in auditor.get("/simulations").content.decode()
    assert auditor.post("/simulations", FORM).status_code in (403, 404)
    assert not started


def test_the_board_has_no_simulations(st_anna: None) -> None:
    assert site.browser(BOARD).get("/simulations").status_code in (403, 404)


def test_a_finished_simulation_is_read_on_the_page(
    st_anna: None, started: list[Job], settings: Any
) -> None:
    client = site.browser(STATISTICIAN)
    url = client.post("/simulations", FORM).headers["Location"]
    runner.run(started[0].folder)

    page = client.get(url).content.decode()

    assert "Nothing here is about real children" in page
    assert page.count("data:image/svg+xml;base64,") == 4
    assert "Type I error" in page
    assert client.get(f"{url}/progress").headers["HX-Refresh"] == "true"
    assert client.get(f"{url}/paper").content.startswith(b"%PDF")


def test_every_published_protocol_can_be_chosen(tmp_path: Path) -> None:
    from cordula.protocols.load import library

    assert {one.protocol.id for one in choices(str(tmp_path))} == set(library())
