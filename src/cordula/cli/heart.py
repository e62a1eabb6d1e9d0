"""`cordula heart`: what does a change in the heart mean? A model, never a child's future."""

from math import isfinite
from typing import TYPE_CHECKING, Any

import click

from cordula.cli.failures import BadInput
from cordula.cli.output import as_json, print_json
from cordula.vocabulary.quantity import NotANumber, Quantity, UnitError

if TYPE_CHECKING:
    from cordula.heart.circulation import Circulation, Steady

FRAME = "A model of a circulation, not any child's future."


@click.group()
def heart() -> None:
    """A circulation of the newborn as a model, whole or with its defects."""


@heart.command("list")
@click.argument("circuit", required=False)
@as_json
def list_circuits(circuit: str | None, as_json: bool) -> None:
    """The circuits there are; of one CIRCUIT its levers and numbers, as --change and --set take them.

    \b
    Example: cordula heart list norwood-bts
    """
    told = _circuits() if circuit is None else _numbers(circuit)
    if as_json:
        print_json(told)
    else:
        shown = ([row[key] for key in row if key != "about"] for row in told)
        click.echo("\n".join("".join(f"{cell:<28}" for cell in row).rstrip() for row in shown))


def _circuits() -> list[dict[str, str]]:
    from cordula.heart.library import load, names

    return [
        {"circuit": name, "title": load(name).title, "about": load(name).about} for name in names()
    ]


def _numbers(circuit: str) -> list[dict[str, str]]:
    """Each lever, then each number with what it is in the circuit's own infant, and its unit."""
    own = circulation(circuit, None, None, ())
    levers = [{"name": name, "is": "a lever"} for name in own.circuit.levers]
    return levers + [
        {"name": name, "is": f"{value:.4g} {_unit(own, name)}".rstrip()}
        for name, value in sorted(own.numbers().items())
    ]


def _unit(own: "Circulation", name: str) -> str:
    """The unit that the number is computed with, which is what --set takes."""
    from cordula.heart.kinds import REQUIRED, UNITS

    key = name.rpartition(".")[2]
    known = {**REQUIRED, "age": "d", "weight": "kg"}
    given = own.circuit.quantities.get(name)
    unit = UNITS[key] if "." in name else known.get(name) or (given.unit if given else "")
    return unit.removesuffix("1") if unit == "1" else unit


@heart.command()
@click.argument("circuit")
@click.option("--weight", metavar="AMOUNT", help="Such as '5.6 kg'; else the circuit's own.")
@click.option("--age", metavar="AMOUNT", help="Such as '150 d' or '5 mo'; else the circuit's own.")
@click.option("--set", "numbers", metavar="NAME=NUMBER", multiple=True, help="Such as RV.Ees=14.")
@as_json
def run(
    circuit: str, weight: str | None, age: str | None, numbers: tuple[str, ...], as_json: bool
) -> None:
    """Where the circulation of CIRCUIT settles: pressures, volumes, flows, saturations.

    \b
    Example: cordula heart run norwood-bts --weight '4.8 kg' --set RV.Ees=14
    """
    found = settled(circuit, weight, age, numbers)
    if as_json:
        print_json(_for_programs(found))
    else:
        click.echo(in_words(found))


def settled(
    circuit: str, weight: str | None, age: str | None, numbers: tuple[str, ...]
) -> "Steady":
    """The steady state that was asked for; `BadInput` where there is none."""
    from cordula.stats.refusals import NotConverged

    found = circulation(circuit, weight, age, numbers).steady()
    if isinstance(found, NotConverged):
        raise BadInput(f"{circuit} does not settle: {found.reason}")
    return found


def circulation(
    circuit: str, weight: str | None, age: str | None, numbers: tuple[str, ...]
) -> "Circulation":
    """A circuit with the numbers that were typed; `BadInput` says what was wrong with one."""
    from cordula.heart.library import load

    try:
        scaled = load(circuit).scaled(_amount("weight", weight), _amount("age", age))
        return scaled.given(dict(_number(scaled, text) for text in numbers))
    except ValueError as wrong:
        raise BadInput(str(wrong).removeprefix(f"{circuit}.toml:1: ")) from wrong


def _amount(what: str, text: str | None) -> Quantity | None:
    if text is None:
        return None
    number, _, unit = text.strip().partition(" ")
    try:
        return Quantity.of(number, unit.strip())
    except (NotANumber, UnitError) as wrong:
        example = "5.6 kg" if what == "weight" else "150 d"
        raise BadInput(f"“{text}” is not a {what} such as '{example}': {wrong}") from wrong


def _number(scaled: "Circulation", text: str) -> tuple[str, float]:
    from cordula.heart.refusals import unknown

    name, _, number = text.partition("=")
    known = scaled.circuit.parameters
    if name.strip() not in known:
        listed = f"`cordula heart list {scaled.circuit.id}` lists them"
        raise ValueError(f"{unknown('number', name.strip(), known)}; {listed}".replace("?;", ";"))
    try:
        return name.strip(), float(number)
    except ValueError:
        raise ValueError(f"“{text}”: expected {name.strip()}=NUMBER, such as 14.5") from None


def _for_programs(found: "Steady") -> dict[str, Any]:
    from cordula.heart.outcomes import OUTCOMES

    told = {
        name: {"value": value, "unit": OUTCOMES[name][0]}
        for name, value in found.outcomes.items()
        if isfinite(value)
    }
    own = found.circulation
    return {
        "circuit": own.circuit.id,
        "frame": FRAME,
        "given": dict(own.over),
        "outcomes": told,
        "remark": found.remark,
        "sources": dict(own.circuit.sources),
    }


def in_words(found: "Steady") -> str:
    """A table of the outcomes, what could not be said, the sources, and what this is not."""
    from cordula.display.amounts import quantity
    from cordula.heart.outcomes import OUTCOMES

    circuit = found.circulation.circuit
    rows = [
        f"{OUTCOMES[name][1]:<48}{quantity(found.quantity(name, 3))}"
        for name, value in found.outcomes.items()
        if isfinite(value)
    ]
    sources = [f"{name}: {words}" for name, words in circuit.sources.items()]
    remark = [f"Not said: {found.remark}.", ""] if found.remark else []
    return "\n".join([circuit.title, "", *rows, "", *remark, *sources, "", FRAME])
