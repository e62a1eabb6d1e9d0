"""`cordula simulate`: how would a design perform, were this the truth?"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from os import cpu_count
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from cordula.cli.failures import STOPPED, BadInput
from cordula.cli.output import as_json, print_json
from cordula.cli.protocol_named import folder_of
from cordula.protocols import load
from cordula.protocols.refusal import ProtocolRefused, not_known
from cordula.vocabulary.lines import line_of, lines_of

if TYPE_CHECKING:
    from cordula.trial.design import Design
    from cordula.trial.scenarios import Scenario
    from cordula.trial.simulation import OperatingCharacteristics

Loaded = tuple["Design", dict[str, "Scenario"]]


@click.command()
@click.argument("which", metavar="ID|FOLDER")
@click.option(
    "--scenario",
    default="all",
    show_default=True,
    help="One scenario by its name; the null always runs first.",
)
@click.option(
    "--trials",
    default=10_000,
    show_default=True,
    type=click.IntRange(1),
    help="How many trials are simulated for each scenario.",
)
@click.option(
    "--seed",
    default=1,
    show_default=True,
    type=click.IntRange(0, 2**63 - 1),
    help="The same seed gives the same answer, on any machine with the same versions.",
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
    "--show",
    default=0,
    metavar="N",
    type=click.IntRange(0, 1000),
    help="Show the first N trials of each scenario as well.",
)
@click.option("--compare", metavar="ID|FOLDER", help="Another protocol, beside this one.")
@click.option(
    "--truths",
    metavar="0,1,2,…",
    help="Try a range of true differences, in the endpoint's unit, with all else as in the scenario.",
)
@click.option(
    "--report",
    metavar="FOLDER",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write a report there as well: HTML, PDF, and each picture with its table.",
)
@as_json
def simulate(
    which: str,
    scenario: str,
    trials: int,
    seed: int,
    workers: int | None,
    dask: str | None,
    show: int,
    compare: str | None,
    truths: str | None,
    report: Path | None,
    as_json: bool,
) -> None:
    """Simulate the design of a protocol under its scenarios, and say how often it would find what, and when.

    Nothing is said of real children: a scenario is an assumption. Ctrl-C keeps what is done: it is told as
    ever, with how many trials there were, and the command ends with exit code 130.

    \b
    Example: cordula simulate practice-mnc-stage-2 --trials 20000 --show 3
    """
    run = Run(trials, seed, workers or cpu_count() or 1, dask)
    own = loaded(which)
    names = chosen(own[1], scenario)
    if compare is not None and truths is not None:
        raise BadInput("--compare and --truths are two different tables: ask for one of them.")
    if report is not None and (compare is not None or truths is not None):
        raise BadInput(
            "--report tells of the scenarios: it goes with neither --compare nor --truths."
        )
    if truths is not None:
        tell_curve(
            own, run, names[-1] if scenario != "all" else "null", differences(truths), as_json
        )
    elif compare is None:
        found = tell(own, run, names, show, as_json)
        if report is not None:
            write_report(own, found, report)
    else:
        tell_both(own, loaded(compare), run, names, as_json)
    run.end()


class Run:
    """How a simulation is run: trials, seed, threads or a cluster; and what is said while it runs."""

    def __init__(self, trials: int, seed: int, workers: int, dask: str | None) -> None:
        self.trials, self.seed, self.workers = trials, seed, workers
        self.client = _client(dask) if dask else None
        self.interrupted = False

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """Ctrl-C ends what stands within, and what was kept before it is still told."""
        try:
            yield
        except KeyboardInterrupt:
            self.interrupted = True

    def end(self) -> None:
        """Stopped early, that is the last line and the exit code; on a terminal under the line of progress."""
        if self.interrupted:
            click.echo("\n" if sys.stderr.isatty() else "", nl=False, err=True)
            click.echo("cordula: stopped early; what was done by then is told above.", err=True)
            raise SystemExit(STOPPED)

    def of(self, design: "Design", scenario: "Scenario") -> "OperatingCharacteristics":
        from cordula.stats.refusals import CannotBe
        from cordula.trial.simulation import simulate as simulated
        from cordula.trial.simulation.simulate import trials_of

        try:
            self._compile(trials_of(design, scenario, 1, self.seed))
            found = simulated(
                design,
                scenario,
                self.trials,
                self.seed,
                workers=self.workers,
                client=self.client,
                progress=Progress(scenario.id) if sys.stderr.isatty() else None,
            )
        except CannotBe as impossible:
            raise BadInput(
                f"{design.protocol}, scenario “{scenario.id}”: {impossible}"
            ) from impossible
        self.interrupted = self.interrupted or not found.complete
        return found

    def _compile(self, work: Any) -> None:
        """The first trial, apart from the others: where kernels had to be compiled, that is said as such."""
        from cordula.stats.compiled import compiled_here

        began, before = monotonic(), compiled_here()
        work.tally(0, 1)
        if compiled := compiled_here() - before:
            click.echo(_made_ready(compiled, monotonic() - began), err=True)


def _made_ready(kernels: int, seconds: float) -> str:
    what = "1 kernel" if kernels == 1 else f"{kernels} kernels"
    return f"Compiled {what} in {seconds:.1f} s; what was compiled is kept for the next time."


class Progress:
    """How far a simulation is, and how long it will still take, on one line that is written over."""

    def __init__(self, name: str) -> None:
        self.name, self.began = name, monotonic()

    def __call__(self, done: int, trials: int) -> None:
        left = (monotonic() - self.began) / done * (trials - done)
        end = "\n" if done >= trials else ""
        line = f"\r{self.name}: {done:,} of {trials:,} trials, {left:.0f} s left   "
        click.echo(line + end, nl=False, err=True)


def _client(address: str) -> Any:
    try:
        from distributed import Client

        client: Any = Client(address, timeout="10s")  # type: ignore[no-untyped-call]
        return client
    except ImportError as missing:
        raise BadInput(
            "--dask needs the packages “dask” and “distributed”, which are not here."
        ) from missing
    except (OSError, ValueError) as away:
        raise BadInput(f"no Dask cluster answers at {address}: {away}") from away


def loaded(which: str) -> Loaded:
    """Design and scenarios; refused with file and line where they cannot be."""
    from cordula.stats.refusals import CannotBe
    from cordula.trial.design import design_of
    from cordula.trial.scenarios import scenarios_of

    folder = folder_of(which)
    try:
        protocol = load.load(folder)
        return design_of(protocol), scenarios_of(protocol)
    except ProtocolRefused as refused:
        first, *rest = refused.problems
        more = f" ({len(rest)} more: cordula protocol show {which})" if rest else ""
        raise BadInput(f"{first}{more}") from refused
    except CannotBe as impossible:
        file = folder / load.FILE
        line = line_of(lines_of(file.read_text(encoding="utf-8")), ("design",))
        raise BadInput(f"{file}:{line}: {impossible}") from impossible


def chosen(scenarios: "dict[str, Scenario]", name: str) -> list[str]:
    """The null first, and the one that was asked for, or all."""
    if name == "all":
        return list(scenarios)
    if name not in scenarios:
        raise BadInput(not_known(name, "a scenario of this protocol", scenarios) + ".")
    return list(dict.fromkeys(["null", name]))


def tell(
    own: Loaded, run: Run, names: list[str], show: int, as_json: bool
) -> "list[OperatingCharacteristics]":
    from cordula.trial import printing
    from cordula.trial.simulation.examples import first_trials
    from cordula.trial.simulation.simulate import trials_of

    design, scenarios = own
    values, kept = [], []
    if not as_json:
        click.echo("\n".join(_head(design, run)))
    with run.keeping():
        for name in names:
            found = run.of(design, scenarios[name])
            kept.append(found)
            work = trials_of(design, scenarios[name], 1, run.seed)
            shown = first_trials(work, show) if show else ()
            if as_json:
                values.append(printing.values_of(found) | {"examples": printing.values_of(shown)})
            else:
                click.echo("\n".join(printing.characteristics(design, found)))
                if shown:
                    click.echo("\n".join(printing.examples(shown, found.unit)))
            if run.interrupted:
                break
    if as_json:
        print_json(values)
    return kept


def write_report(own: Loaded, found: "list[OperatingCharacteristics]", folder: Path) -> None:
    """The report of what was run, and on the error stream where it is, so that --json stays JSON."""
    from cordula.trial.report import simulated, write

    try:
        written = write(simulated(*own, found), folder, datetime.now(UTC))
    except OSError as closed:
        raise BadInput(f"--report {folder}: nothing can be written there: {closed}") from closed
    click.echo(f"Wrote {written[0]} and {len(written) - 1} files beside it.", err=True)


def tell_both(own: Loaded, other: Loaded, run: Run, names: list[str], as_json: bool) -> None:
    from cordula.trial import printing

    pairs = []
    with run.keeping():
        for name in (one for one in names if one in other[1]):
            mine = run.of(own[0], own[1][name])
            theirs = mine if run.interrupted else run.of(other[0], other[1][name])
            if run.interrupted:
                break  # two designs are compared by as many trials each
            pairs.append((mine, theirs))
    if as_json:
        print_json([printing.values_of(list(pair)) for pair in pairs])
    else:
        click.echo(
            "\n".join([*_head(own[0], run), *_head(other[0], run), *printing.comparison(pairs)])
        )


def differences(text: str) -> list[Decimal]:
    """``0,1.5,3`` as numbers."""
    try:
        found = [Decimal(part.strip()) for part in text.split(",")]
    except InvalidOperation:
        found = []
    if not found or not all(one.is_finite() for one in found):
        raise BadInput(
            f"--truths {text}: numbers with commas between them are right, such as 0,1.5,3."
        )
    return found


def tell_curve(own: Loaded, run: Run, name: str, truths: list[Decimal], as_json: bool) -> None:
    from cordula.stats.refusals import CannotBe
    from cordula.trial import printing
    from cordula.trial.simulation.curve import with_difference

    design, scenarios = own
    found = []
    with run.keeping():
        for difference in truths:
            try:
                changed = with_difference(design, scenarios[name], difference)
            except CannotBe as impossible:
                raise BadInput(f"{design.protocol}: {impossible}") from impossible
            found.append((difference, run.of(design, changed)))
            if run.interrupted:
                break
    if as_json:
        print_json([{"difference": str(d), **printing.values_of(one)} for d, one in found])
    else:
        click.echo("\n".join([*_head(design, run), *printing.curve(design, found)]))


def _head(design: "Design", run: Run) -> Iterator[str]:
    from cordula.trial.simulation.versions import versions

    yield f"{design.title}"
    yield f"  {design.protocol} {design.version}, digest {design.digest}"
    yield f"  seed {run.seed}; " + ", ".join(f"{k} {v}" for k, v in versions().items())
    yield f"  {_design(design)}"
    if design.assumed:
        yield f"  Assumed by the protocol's reader, not told by its source: {', '.join(design.assumed)}."
    yield "  A simulation says how a design behaves under an assumption, and nothing of real children."


def _design(design: "Design") -> str:
    arms = ", ".join(
        f"{arm.id} {size}" for arm, size in zip(design.arms, design.sizes, strict=True)
    )
    sides = "1 side" if design.sides == 1 else "2 sides"
    return f"{design.participants} children ({arms}); level {design.alpha} on {sides}; {design.looks.named}"
