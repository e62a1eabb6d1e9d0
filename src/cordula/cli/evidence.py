"""`cordula evidence`: what the world knows, each number with its source; pooled where that is honest."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cordula.cli.evidence_released import FOLDER, release_lines, released, where
from cordula.cli.failures import NOT_IN_ORDER, BadInput
from cordula.cli.output import as_json, print_json

if TYPE_CHECKING:
    from cordula.evidence.adding import Field
    from cordula.evidence.answer import Answer

TIME = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(mo|months?|y|years?|a)?")


@click.group()
def evidence() -> None:
    """Published studies: list them, check them, pool what may be pooled."""


@evidence.command("list")
@as_json
def list_(as_json: bool) -> None:
    """Name the studies, how far each has been read, and when somebody last looked."""
    from cordula.evidence.library import studies
    from cordula.evidence.printing import table
    from cordula.evidence.told import study_values
    from cordula.evidence.words import in_words

    known = studies()
    if as_json:
        print_json([study_values(one) for one in known.values()])
        return
    rows = [
        (
            one.id,
            in_words("designs", one.design),
            in_words("numbers", one.numbers),
            str(one.looked_on),
        )
        for one in known.values()
    ]
    _say(table(rows))


@evidence.command()
@click.argument("id_", metavar="ID")
@as_json
def show(id_: str, as_json: bool) -> None:
    """Print a study with every number, its source and its flag."""
    from cordula.evidence.library import study
    from cordula.evidence.printing import study_lines
    from cordula.evidence.refusal import Unknown
    from cordula.evidence.told import study_values

    try:
        found = study(id_)
    except Unknown as unknown:
        raise BadInput(str(unknown)) from unknown
    if as_json:
        print_json(study_values(found))
    else:
        _say(study_lines(found))


@evidence.command()
@click.argument("folder", type=FOLDER, required=False)
@as_json
def check(folder: Path | None, as_json: bool) -> None:
    """Read every file and tell each fault by file and line.

    FOLDER holds studies of your own; without it the whole library is read. Exit codes: 0 in order; 1 a number
    without a source, an unknown measure, an impossible spread, children counted twice or the like; 2 bad input.
    """
    from cordula.evidence.everything import problems

    if folder is not None and not any(folder.glob("*.toml")):
        raise click.UsageError(f"There is no study in {folder}: a study is a file like ticap.toml.")
    found = problems(folder)
    if as_json:
        print_json([{"file": p.file, "line": p.line, "says": p.says} for p in found])
    else:
        _say([str(problem) for problem in found] or ["In order."])
    if found:
        raise SystemExit(NOT_IN_ORDER)


@evidence.command()
@click.argument("id_", metavar="ID")
@click.option("--folder", type=FOLDER, default=Path("."), help="Where the file is written.")
def add(id_: str, folder: Path) -> None:
    """Ask for a new study field by field and write its file, ID.toml.

    Stop at any time with Ctrl-C: what was answered is kept, and the same command goes on from there.
    """
    from cordula.evidence.adding import add as write
    from cordula.evidence.everything import problems_of_file

    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", id_):
        raise BadInput(
            f"“{id_}” is no id: small letters, digits and hyphens, such as example-2020."
        )
    if (folder / f"{id_}.toml").exists():
        raise BadInput(f"{id_}.toml is there already; change it with an editor, then check it.")
    path = write(folder, id_, date.today(), _ask)  # noqa: DTZ011
    found = problems_of_file(path)
    _say([f"Written: {path}", *(str(problem) for problem in found)])
    if found:
        raise SystemExit(NOT_IN_ORDER)


def _ask(field: "Field", fault: str | None) -> str:
    if fault is not None:
        click.echo(f"  {fault}", err=True)
    choices = f" ({', '.join(field.choices)})" if 0 < len(field.choices) <= 16 else ""
    empty = "" if field.optional else None
    said: str = click.prompt(f"{field.words}{choices}", default=empty, show_default=False)
    return said


@evidence.command()
@as_json
def claims(as_json: bool) -> None:
    """Print what is commonly claimed, the verdict, and the studies for and against."""
    from cordula.evidence.claims import claims as ledger
    from cordula.evidence.printing import claim_lines
    from cordula.evidence.told import claim_values

    if as_json:
        print_json([claim_values(one) for one in ledger()])
    else:
        click.echo("\n\n".join("\n".join(claim_lines(one)) for one in ledger()))


@evidence.command()
@click.argument("question", required=False)
@click.option("--at", metavar="TIME", help="Such as 12mo; by default the question's first time.")
@click.option("--include", multiple=True, metavar="ID", help="Pool it though it is from memory.")
@click.option("--exclude", multiple=True, metavar="ID", help="Leave this study out.")
@click.option(
    "--plots", type=click.Path(file_okay=False, path_type=Path), help="Write SVG and CSV here."
)
@click.option(
    "--snapshot",
    "release",
    metavar="YEAR-MONTH",
    help="Then release this snapshot of every answer.",
)
@where
@as_json
def pool(
    question: str | None,
    at: str | None,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    plots: Path | None,
    release: str | None,
    folder: Path | None,
    made_on: datetime | None,
    as_json: bool,
) -> None:
    """Answer QUESTION from the studies; without one, name the questions.

    Two studies that count the same children are refused. With --snapshot the dated snapshot is written too, with this
    answer among all the others, and what changed is printed. Exit codes: 0 answered; 1 refused; 2 bad input.
    """
    from cordula.evidence.printing import answer_lines
    from cordula.evidence.told import answer_values

    if question is None:
        _name_questions(as_json)
        return
    if release is not None and (include or exclude):
        raise BadInput(
            "A snapshot is answered by the files alone: leave --include and --exclude out."
        )
    answer = _answer(question, at, include, exclude)
    told = released(release, folder, made_on) if release is not None else None
    if as_json:
        print_json(answer_values(answer) | ({"released": told} if told else {}))
    else:
        _say([*answer_lines(answer), *(["", *release_lines(told)] if told else [])])
    if plots is not None:
        _write_plots(answer, plots)


def _answer(
    question: str, at: str | None, include: tuple[str, ...], exclude: tuple[str, ...]
) -> "Answer":
    from cordula.evidence.pooling import pool as answered
    from cordula.evidence.refusal import NoSuchTime, PoolingRefused, Unknown

    months = months_of(at) if at is not None else None
    try:
        return answered(question, months, include, exclude)
    except (Unknown, NoSuchTime) as unknown:
        raise BadInput(str(unknown)) from unknown
    except PoolingRefused as refused:
        click.echo(f"REFUSED: {refused}", err=True)
        raise SystemExit(NOT_IN_ORDER) from None


def months_of(text: str) -> Decimal:
    """“12mo”, “12”, “1y”."""
    found = TIME.fullmatch(text.strip())
    if found is None:
        raise BadInput(f"“{text}” is no time: write 12mo or 1y.")
    years = (found[2] or "mo")[0] in "ya"
    return Decimal(found[1]) * (12 if years else 1)


def _name_questions(as_json: bool) -> None:
    from cordula.evidence.printing import table
    from cordula.evidence.questions import questions

    rows = [
        (one.id, ", ".join(f"{m:f}" for m in one.months) + " mo", one.words)
        for one in questions().values()
    ]
    if as_json:
        print_json([{"question": q, "months": m, "words": w} for q, m, w in rows])
    else:
        _say(table(rows))


def _write_plots(answer: "Answer", folder: Path) -> None:
    from cordula.evidence.plots import figures

    folder.mkdir(parents=True, exist_ok=True)
    drawn = figures(answer)
    for figure in drawn:
        for path in figure.write(folder):
            click.echo(f"Written: {path}", err=True)
    if not drawn:
        click.echo("Nothing to draw: no study gives a number or a direction.", err=True)


@evidence.command()
@click.argument("name", metavar="YEAR-MONTH")
@where
@as_json
def snapshot(name: str, folder: Path | None, made_on: datetime | None, as_json: bool) -> None:
    """Answer every question, write the dated snapshot that pages read with its pictures, and print what changed.

    It is compared with the newest earlier one. Exit codes: 0 written; 2 bad input.
    """
    told = released(name, folder, made_on)
    if as_json:
        print_json(told)
    else:
        _say(release_lines(told))


def _say(lines: Iterable[str]) -> None:
    click.echo("\n".join(lines))
