"""`cordula aid`: may the parents' page be shown, what is missing, and how does it reach paper?"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from cordula.cli.failures import NOT_IN_ORDER, BadInput
from cordula.cli.output import as_json, print_json
from cordula.cli.values import values_of
from cordula.decision_aid import checklist, guards
from cordula.decision_aid.aid import Aid
from cordula.decision_aid.page import draw
from cordula.decision_aid.reading import read
from cordula.decision_aid.refusal import AidRefused
from cordula.decision_aid.site import SHIPPED, Site, read_site
from cordula.vocabulary import words

PDF = b"%PDF-"

site_file: Callable[[Any], Any] = click.option(
    "--site-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your country's own file: prices, law, banks, funding, tests with people.",
)


def _translated(_context: click.Context, _option: click.Parameter, asked: str) -> str:
    if asked not in words.languages():
        raise BadInput(f"“{asked}” has no translation; there is {', '.join(words.languages())}.")
    return asked


language: Callable[[Any], Any] = click.option(
    "--language",
    default="en",
    show_default=True,
    callback=_translated,
    help="A language that has a translation.",
)
day: Callable[[Any], Any] = click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day to judge by, such as 2027-06-01.  [default: today]",
)


@click.group()
def aid() -> None:
    """The parents' page about cord blood: check it, print it."""


@aid.command()
@site_file
@language
@day
@as_json
def check(site_file: Path | None, language: str, day: datetime | None, as_json: bool) -> None:
    """Look for numbers without a source, promises, unequal columns; tell what the public checklists miss.

    Exit codes: 0 it may be shown, perhaps as a draft; 1 a fault was found, each on a line of its own with
    its file and line; 2 bad input.
    """
    words.activate(language)
    content, site = _read(site_file)
    problems = guards.check(content)
    checked = checklist.check(content, site, _today(day))
    if as_json:
        items = [{"id": one.item.id, "asks": one.item.asks, "met": one.met} for one in checked]
        print_json({"problems": values_of(problems), "checklist": items})
    else:
        click.echo("\n".join([*map(str, problems), *map(_line, checked)]))
        click.echo(_verdict(content, site, _today(day)))
    if problems:
        raise SystemExit(NOT_IN_ORDER)


@aid.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@site_file
@language
@day
def pdf(file: Path, site_file: Path | None, language: str, day: datetime | None) -> None:
    """Write the page as a tagged PDF (PDF/UA-1) on three sheets of A4.

    Exit codes: 0 written; 1 refused, for a parent may not be shown it; 2 bad input.
    """
    from cordula.decision_aid import pdf as paper

    words.activate(language)
    content, site = _read(site_file)
    if problems := guards.check(content):
        click.echo("\n".join(map(str, problems)))
        raise SystemExit(NOT_IN_ORDER)
    _refuse_what_is_no_paper(file)
    made = datetime.combine(_today(day), datetime.min.time(), UTC)
    try:
        file.write_bytes(paper.write(draw(content, site, _today(day)), made))
    except OSError as fault:
        raise BadInput(f"{file} cannot be written: {fault.strerror}.") from None
    click.echo(f"{file}: {_verdict(content, site, _today(day))}")


def _refuse_what_is_no_paper(file: Path) -> None:
    """An older PDF is written anew. Anything else of this name is somebody's work, such as the site's own file."""
    if not file.is_file():
        return
    with file.open("rb") as there:
        if there.read(len(PDF)) not in (PDF, b""):
            raise BadInput(f"{file} is there already and is no PDF. Name another file.")


def _read(site_file: Path | None) -> tuple[Aid, Site]:
    try:
        site = read_site(site_file or SHIPPED)
        return read(site), site
    except AidRefused as refused:
        click.echo("\n".join(map(str, refused.problems)))
        raise SystemExit(NOT_IN_ORDER) from None


def _today(day: datetime | None) -> date:
    return day.date() if day else datetime.now(UTC).date()


def _line(checked: checklist.Checked) -> str:
    return f"{checked.says:<15} {checked.item.id}: {checked.item.asks}"


def _verdict(content: Aid, site: Site, today: date) -> str:
    missing = checklist.missing(content, site, today)
    return f"Draft. Still missing: {'; '.join(missing)}." if missing else "Nothing is missing."
