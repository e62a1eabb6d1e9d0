"""`cordula heart cohort`: virtual infants by number and seed, streamed, on this machine or a cluster."""

import csv
from collections.abc import Iterator
from os import cpu_count
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from cordula.cli.failures import BadInput
from cordula.cli.heart import FRAME, circulation
from cordula.cli.heart_asked import answered, of_a_child, shown, table
from cordula.cli.output import as_json, print_json

if TYPE_CHECKING:
    from cordula.heart.ask.cohort import Block
    from cordula.heart.ask.tally import Tally


@click.command()
@of_a_child
@click.option(
    "-n", "--infants", default=1000, show_default=True, type=click.IntRange(1), help="How many."
)
@click.option(
    "--seed",
    default=1,
    show_default=True,
    type=click.IntRange(0),
    help="The same seed gives the same infants, on one machine or on many.",
)
@click.option(
    "--workers",
    default=None,
    type=click.IntRange(1, 256),
    help="Threads; as many as the machine has cores where nothing is said. The answer does not depend on it.",
)
@click.option(
    "--dask",
    metavar="ADDRESS",
    help="Let a Dask cluster do the work, such as tcp://10.0.0.1:8786. The answer is the same.",
)
@click.option(
    "--to",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write every infant to this CSV file as she is found.",
)
@as_json
def cohort(
    circuit: str,
    weight: str | None,
    age: str | None,
    numbers: tuple[str, ...],
    infants: int,
    seed: int,
    workers: int | None,
    dask: str | None,
    to: Path | None,
    as_json: bool,
) -> None:
    """Virtual infants with CIRCUIT: how their outcomes differ, and how many have no steady state.

    \b
    Example: cordula heart cohort norwood-bts -n 5000 --seed 7 --to infants.csv
    """
    from cordula.heart.ask.cohort import cohort_blocks
    from cordula.heart.ask.tally import Tally

    baby = circulation(circuit, weight, age, numbers)
    client, tally = _client(dask) if dask else None, Tally()
    threads = workers or cpu_count() or 1
    try:
        blocks = cohort_blocks(baby, infants, seed, client, threads)
        answered(lambda: _tallied(tally, blocks, to))
    finally:
        if client is not None:
            client.close()
    if as_json:
        print_json(_values(tally, seed))
    else:
        click.echo("\n".join(_words(tally, seed)))


def _client(address: str) -> Any:
    try:
        from distributed import Client

        return Client(address, timeout="10s")  # type: ignore[no-untyped-call]
    except ImportError as missing:
        raise BadInput("--dask needs the packages “dask” and “distributed”.") from missing
    except (OSError, ValueError) as away:
        raise BadInput(f"no Dask cluster answers at {address}: {away}") from away


def _tallied(tally: "Tally", blocks: "Iterator[Block]", to: Path | None) -> None:
    for block in _kept(blocks, to):
        tally.add(block)


def _kept(blocks: "Iterator[Block]", to: Path | None) -> "Iterator[Block]":
    """The blocks as they come, each written before the next is asked for."""
    if to is None:
        yield from blocks
        return
    with to.open("w", encoding="utf-8", newline="") as file:
        for block in blocks:
            _written(block, file)
            yield block


def _written(block: "Block", file: TextIO) -> None:
    names = (*block.parameters, *block.outcomes)
    rows = csv.writer(file, lineterminator="\n")
    if block.first == 0:
        rows.writerow(("infant", *names, "reason"))
    columns = [*block.parameters.values(), *block.outcomes.values()]
    for i in range(len(block)):
        told = ["" if c[i] != c[i] else repr(float(c[i])) for c in columns]
        rows.writerow((block.first + i, *told, block.reasons[i]))


def _values(tally: "Tally", seed: int) -> dict[str, Any]:
    return {
        "frame": FRAME,
        "infants": tally.infants,
        "seed": seed,
        "outcomes": tally.told(),
        "without_steady_state": tally.reasons,
    }


def _words(tally: "Tally", seed: int) -> list[str]:
    from cordula.heart.outcomes import OUTCOMES

    rows: list[tuple[str, ...]] = [("", "mean", "SD", "least", "most")]
    for name, told in tally.told().items():
        rows.append(
            (OUTCOMES[name][1], *(shown(name, told[k]) for k in ("mean", "sd", "least", "most")))
        )
    missing = [f"{count:,} without an answer: {why}." for why, count in tally.reasons.items()]
    spread = "How children differ is an assumption (spread.toml), not a measurement."
    return [
        f"{tally.infants:,} virtual infants, seed {seed}",
        "",
        *table(rows),
        "",
        *missing,
        spread,
        FRAME,
    ]
