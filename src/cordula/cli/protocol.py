"""`cordula protocol`: which protocols are there, what do they say, and do they decide as they say?"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cordula.cli.failures import NOT_IN_ORDER, BadInput
from cordula.cli.output import as_json, print_json
from cordula.cli.protocol_named import folder_of
from cordula.cli.values import values_of
from cordula.protocols import load
from cordula.protocols.protocol import Protocol
from cordula.protocols.refusal import ProtocolRefused

if TYPE_CHECKING:
    from cordula.protocols.cases import CaseReport

site_file: Callable[[Any], Any] = click.option(
    "--site-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Your site's own file, which fills in the numbers that one protocol leaves open.",
)


@click.group()
def protocol() -> None:
    """The published protocols: list them, read them, run their cases."""


@protocol.command("list")
@as_json
def list_(as_json: bool) -> None:
    """Name the protocols of the library, and what each is."""
    found = [load.named(name) for name in load.library()]
    if as_json:
        print_json([_head(one) for one in found])
    else:
        click.echo("\n\n".join("\n".join(_introduced(one)) for one in found))


@protocol.command()
@click.argument("which", metavar="ID|FOLDER")
@site_file
@as_json
def show(which: str, site_file: Path | None, as_json: bool) -> None:
    """Print a protocol as it is read on paper: gates, limits, sources, and what is open.

    ID is a name that `cordula protocol list` shows; FOLDER holds a protocol.toml of your own. Exit codes:
    0 shown; 1 refused, each fault on a line of its own with its file and line; 2 bad input.
    """
    try:
        found = load.load(folder_of(which), site_file)
    except ProtocolRefused as refused:
        say_refused(which, refused, as_json)
        raise SystemExit(NOT_IN_ORDER) from None
    if as_json:
        print_json(values_of(found))
    else:
        from cordula.protocols import printing

        click.echo(printing.describe(found), nl=False)
        click.echo("\n".join(_in_numbers(found)))


@protocol.command()
@click.argument("which", metavar="[ID|FOLDER]...", nargs=-1)
@site_file
@as_json
def check(which: tuple[str, ...], site_file: Path | None, as_json: bool) -> None:
    """Run the cases of protocols, all of the library where none is named, and print them as tables.

    A case is a row: facts in, finding out. Exit codes: 0 every protocol decides as its cases say; 1 a case
    failed, a criterion has no case, or a protocol was refused; 2 bad input.
    """
    if site_file is not None and len(which) != 1:
        raise BadInput("a site's file fills in one protocol: name that one beside --site-file.")
    checked = [_check(one, site_file) for one in which or load.library()]
    if as_json:
        print_json([values for _, _, values in checked])
    else:
        click.echo("\n\n".join(text for _, text, _ in checked))
    if not all(passed for passed, _, _ in checked):
        raise SystemExit(NOT_IN_ORDER)


def _in_numbers(found: Protocol) -> Iterator[str]:
    """The bounds and the counts that stop. Worked out by the room that simulates, which takes longer to start."""
    from cordula.stats.refusals import CannotBe
    from cordula.trial.design import design_of
    from cordula.trial.printing.rules import rules

    try:
        yield from rules(design_of(found))
    except CannotBe as impossible:
        yield from ("", f"The trial's rules have no numbers, because {impossible}.")


def _check(which: str, site_file: Path | None) -> tuple[bool, str, dict[str, Any]]:
    """Whether it passed, as text, and as values."""
    from cordula.journey.judge import judge
    from cordula.protocols import cases, printing

    folder = folder_of(which)
    try:
        report = cases.check(load.load(folder, site_file), judge, folder)
    except ProtocolRefused as refused:
        return False, "\n".join(_refused_lines(which, refused)), _refused_values(which, refused)
    faults, notes = _of_the_trial(report.protocol)
    text = "\n".join([printing.case_tables(report).rstrip(), *_trial_lines(faults, notes)])
    values = _report_values(report) | {"trial": {"faults": faults, "unmonitored": notes}}
    return report.passed and not faults, text, values | {"passed": report.passed and not faults}


def _of_the_trial(found: Protocol) -> tuple[list[str], dict[str, str]]:
    """Why its trial cannot be run, and which of its endpoints could not be monitored."""
    from cordula.stats.refusals import CannotBe
    from cordula.trial.design import design_of
    from cordula.trial.monitoring import unmonitored

    try:
        design = design_of(found)
        for share in design.several.first_shares():
            design.several.shown(share).boundaries()
    except CannotBe as impossible:
        return [str(impossible)], {}
    return [], unmonitored(design)


def _trial_lines(faults: list[str], notes: dict[str, str]) -> Iterator[str]:
    for one in faults:
        yield f"\nREFUSED: the trial cannot be run: {one}."
    for one in notes.values():
        yield f"\nNOT MONITORED: {one}. The safety board’s report would say nothing of it."


def say_refused(which: str, refused: ProtocolRefused, as_json: bool) -> None:
    if as_json:
        print_json(_refused_values(which, refused))
    else:
        click.echo("\n".join(_refused_lines(which, refused)))


def _refused_lines(which: str, refused: ProtocolRefused) -> Iterator[str]:
    faults = "1 fault" if len(refused.problems) == 1 else f"{len(refused.problems)} faults"
    yield f"REFUSED: {which} has {faults}, so it can gate nothing."
    yield from map(str, refused.problems)


def _refused_values(which: str, refused: ProtocolRefused) -> dict[str, Any]:
    return {"protocol": which, "passed": False, "problems": values_of(refused.problems)}


def _report_values(report: "CaseReport") -> dict[str, Any]:
    return {
        "protocol": report.protocol.id,
        "version": report.protocol.version,
        "digest": report.protocol.digest,
        "passed": report.passed,
        "rows": report.rows,
        "failed": [
            {
                "criterion": case.criterion,
                "facts": dict(zip(case.headings, checked.row.facts, strict=True)),
                "expected": checked.row.finding,
                "found": checked.found,
                "says": checked.says,
            }
            for case, checked in report.failed
        ],
        "gaps": list(report.gaps),
    }


def _head(one: Protocol) -> dict[str, Any]:
    return {
        "id": one.id,
        "version": one.version,
        "title": one.title,
        "registry": list(one.registry),
        "reconstruction": one.reconstruction,
        "practice": one.practice,
        "digest": one.digest,
    }


def _introduced(one: Protocol) -> Iterator[str]:
    yield f"{one.id}  {one.version}"
    yield f"  {one.title}"
    if one.registry:
        yield f"  {', '.join(one.registry)}"
    if one.reconstruction:
        yield "  Reconstructed from public texts; its sponsor has not seen it."
    if one.practice:
        yield "  For practice, with invented numbers: never for a child."
