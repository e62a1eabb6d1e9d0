"""What is typed of a circulation, and how its answers are printed: shared by the questions of `cordula heart`."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import isfinite
from typing import TYPE_CHECKING, Any, TypeVar

import click

from cordula.cli.failures import BadInput
from cordula.vocabulary.quantity import NotANumber, Quantity, UnitError

if TYPE_CHECKING:
    from cordula.heart.ask.explain import Banded
    from cordula.heart.ask.fitting.fit import Between, Fit
    from cordula.heart.circulation import Circulation

F = TypeVar("F", bound=Callable[..., Any])


def of_a_child(command: F) -> F:
    """The argument and options that say whose circulation is meant."""
    for option in (
        click.option(
            "--set", "numbers", metavar="NAME=NUMBER", multiple=True, help="Such as RV.Ees=14."
        ),
        click.option("--age", metavar="AMOUNT", help="Such as '150 d'; else the circuit's own."),
        click.option(
            "--weight", metavar="AMOUNT", help="Such as '5.6 kg'; else the circuit's own."
        ),
        click.argument("circuit"),
    ):
        command = option(command)
    return command


def read_of_her(command: F) -> F:
    """The option for what was read of a child."""
    option: Callable[[F], F] = click.option(
        "--read",
        "reads",
        metavar="OUTCOME=AMOUNT",
        multiple=True,
        help="Such as 'ejection_fraction=42 %', or with the SD of its reading 'flow_ratio=1.2 ± 0.1'.",
    )
    return option(command)


def changes_of(texts: Iterable[str]) -> dict[str, float]:
    """``contractility=1.2`` as a name and a number; a dot as the functions take it."""
    found = {}
    for text in texts:
        name, _, number = text.partition("=")
        try:
            found[name.strip().replace(".", "__")] = float(number)
        except ValueError:
            raise BadInput(f"“{text}”: expected NAME=NUMBER, such as contractility=1.2") from None
    return found


def readings_of(texts: Iterable[str]) -> dict[str, Any]:
    """What was read, with the SD of the reading where it was typed."""
    from cordula.heart.outcomes import OUTCOMES
    from cordula.heart.refusals import unknown

    found: dict[str, Any] = {}
    for text in texts:
        name, sign, amount = (part.strip() for part in text.partition("="))
        if name not in OUTCOMES or not sign:
            raise BadInput(f"“{text}”: {unknown('outcome', name, OUTCOMES)}")
        value, _, sd = amount.partition("±")
        read = _amount(text, value, OUTCOMES[name][0])
        if (
            OUTCOMES[name][0] == "1"
            and name != "flow_ratio"
            and read.unit == "1"
            and read.value > 1
        ):
            whole = f"{name}={read.value} %"
            raise BadInput(f"“{text}”: a part above 1; if per cent are meant, write '{whole}'")
        found[name] = (read, _amount(text, sd, read.unit)) if sd else read
    return found


def _amount(text: str, amount: str, unit: str) -> Quantity:
    number, _, given = amount.strip().partition(" ")
    try:
        return Quantity.of(number, given.strip() or unit)
    except (NotANumber, UnitError) as wrong:
        raise BadInput(f"“{text}”: {wrong}") from wrong


def fit_of(baby: "Circulation", reads: Iterable[str]) -> "Fit":
    """The fit to what was typed; `BadInput` where there is none."""
    from cordula.heart.ask.fitting.fit import fit
    from cordula.stats.refusals import NotConverged

    found = answered(lambda: fit(baby, readings_of(reads)))
    if isinstance(found, NotConverged):
        raise BadInput(f"no circulation was found for these numbers: {found.reason}")
    return found


T = TypeVar("T")


def answered(question: Callable[[], T]) -> T:
    """The answer; what cannot be is told as bad input."""
    from cordula.stats.refusals import CannotBe

    try:
        return question()
    except (CannotBe, UnitError) as impossible:
        raise BadInput(str(impossible)) from impossible


def shown(outcome: str, value: float, sign: bool = False) -> str:
    """An outcome as people read it: percent for parts, three digits, its unit."""
    from cordula.heart.outcomes import OUTCOMES

    if not isfinite(value):
        return "not known"
    unit = OUTCOMES[outcome][0].replace("mm[Hg]", "mmHg")
    plus = "+" if sign else ""
    if unit == "1" and outcome != "flow_ratio":
        points = "points" if sign else "%"
        return f"{100 * value:{plus}.1f} {points}".replace("-", "−")
    return f"{value:{plus}.3g} {unit}".removesuffix(" 1").replace("-", "−")


def band(outcome: str, one: "Between | Banded", sign: bool = False) -> str:
    """``+0.18 L/min (+0.12 L/min to +0.24 L/min)``."""
    low, high = shown(outcome, one.low, sign), shown(outcome, one.high, sign)
    return f"{shown(outcome, one.value, sign)} ({low} to {high})"


def table(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Rows in columns as wide as they must be."""
    told = list(rows)
    widths = [max(len(row[i]) for row in told) for i in range(len(told[0]))] if told else []
    for row in told:
        yield "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()


def numbers(told: Mapping[str, float]) -> dict[str, float | None]:
    """For JSON, which has no number for what is not known."""
    return {name: value if isfinite(value) else None for name, value in told.items()}
