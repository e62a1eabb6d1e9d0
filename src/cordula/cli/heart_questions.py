"""`cordula heart what-if|explain-ef|fit`: what a change means, what may lie behind it, and what was read from what."""

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from cordula.cli.failures import BadInput
from cordula.cli.heart import FRAME, circulation
from cordula.cli.heart_asked import (
    answered,
    band,
    changes_of,
    fit_of,
    numbers,
    of_a_child,
    read_of_her,
    shown,
    table,
)
from cordula.cli.output import as_json, print_json

if TYPE_CHECKING:
    from cordula.heart.ask.explain import Explanation, Story
    from cordula.heart.ask.fitting.fit import Fit
    from cordula.heart.ask.what_if import WhatIf

TOLD = (
    "ejection_fraction",
    "cardiac_output",
    "mean_arterial_pressure",
    "end_diastolic_pressure",
    "arterial_saturation",
    "venous_saturation",
    "oxygen_delivery",
)
OPEN = "Nothing holds pressure or volume in the model; a child's reflexes would."
ASSUMED = (
    "Bands and spreads of readings are assumptions (spread.toml, readings.toml), not measurements."
)


@click.command("what-if")
@of_a_child
@click.option(
    "--change",
    "changes",
    metavar="NAME=AMOUNT",
    multiple=True,
    required=True,
    help="A lever by a factor (contractility=1.2), a leak by what is added, or a number by its value.",
)
@as_json
def what_if(
    circuit: str,
    weight: str | None,
    age: str | None,
    numbers: tuple[str, ...],
    changes: tuple[str, ...],
    as_json: bool,
) -> None:
    """What changes in CIRCUIT if one thing about it is different, and nothing else.

    \b
    Example: cordula heart what-if norwood-bts --change contractility=1.38
    """
    from cordula.heart.ask.what_if import what_if as asked
    from cordula.stats.refusals import NotConverged

    baby = circulation(circuit, weight, age, numbers)
    found = answered(lambda: asked(baby, (), **changes_of(changes)))
    if isinstance(found, NotConverged):
        raise BadInput(f"{circuit} does not settle: {found.reason}")
    if as_json:
        print_json(_what_if_values(found))
    else:
        click.echo("\n".join(_what_if_words(found)))


@click.command("explain-ef")
@of_a_child
@read_of_her
@click.option(
    "--points",
    default=5.0,
    show_default=True,
    help="By how many percentage points the ejection fraction rose.",
)
@click.option(
    "--seed",
    default=1,
    show_default=True,
    type=click.IntRange(0),
    help="Of the circulations the bands are drawn from.",
)
@as_json
def explain_ef(
    circuit: str,
    weight: str | None,
    age: str | None,
    numbers: tuple[str, ...],
    reads: tuple[str, ...],
    points: float,
    seed: int,
    as_json: bool,
) -> None:
    """Four stories that may lie behind a rise of the ejection fraction, and what would tell them apart.

    \b
    Example: cordula heart explain-ef norwood-bts --points 5
    """
    from cordula.heart.ask.explain import DRAWS
    from cordula.heart.ask.explain import explain_ef as asked
    from cordula.stats.refusals import NotConverged

    baby, scores = circulation(circuit, weight, age, numbers), None
    if reads:
        fitted = fit_of(baby, reads)
        baby, scores = fitted.circulation, fitted.drawn(DRAWS, seed) - fitted.scores
    found = answered(lambda: asked(baby, points, scores, seed))
    if isinstance(found, NotConverged):
        raise BadInput(f"{circuit} does not settle: {found.reason}")
    if as_json:
        print_json(_stories_values(found))
    else:
        click.echo("\n".join(_stories_words(found)))


@click.command()
@of_a_child
@read_of_her
@as_json
def fit(
    circuit: str,
    weight: str | None,
    age: str | None,
    numbers: tuple[str, ...],
    reads: tuple[str, ...],
    as_json: bool,
) -> None:
    """The most plausible circulation for echo and catheter numbers, its 90 % bands, and what they cannot tell.

    \b
    Example: cordula heart fit norwood-bts --read 'ejection_fraction=42 %' --read 'flow_ratio=1.2 ± 0.1'
    """
    found = fit_of(circulation(circuit, weight, age, numbers), reads)
    if as_json:
        print_json(_fit_values(found))
    else:
        click.echo("\n".join(_fit_words(found)))


QUESTIONS = (what_if, explain_ef, fit)


def _what_if_values(found: "WhatIf") -> dict[str, Any]:
    return {
        "frame": FRAME,
        "asked": dict(found.asked),
        "before": numbers(found.before.outcomes),
        "after": numbers(found.after.outcomes),
        "change": numbers(found.changes),
    }


def _what_if_words(found: "WhatIf") -> list[str]:
    from cordula.heart.outcomes import OUTCOMES

    rows = [("", "before", "after", "change")]
    for name, value in found.before.outcomes.items():
        after = found.after[name]
        told = shown(name, value), shown(name, after), shown(name, after - value, True)
        rows.append((OUTCOMES[name][1], *told))
    return [*table(rows), "", OPEN, FRAME]


def _stories_values(found: "Explanation") -> dict[str, Any]:
    return {
        "frame": FRAME,
        "points": found.points,
        "before": numbers(found.before.outcomes),
        "drawn": found.counted,
        "without_steady_state": found.left_out,
        "untold": dict(found.untold),
        "stories": [_story_values(story) for story in found.stories],
    }


def _story_values(story: "Story") -> dict[str, Any]:
    return {
        "id": story.id,
        "title": story.title,
        "lever": story.lever,
        "amount": numbers(asdict(story.amount)),
        "reached": story.reached,
        "false_gain": story.false_gain,
        "changes": {name: numbers(asdict(one)) for name, one in story.changes.items()},
        "apart": [asdict(one) for one in story.apart],
    }


def _stories_words(found: "Explanation") -> list[str]:
    lines = [f"Behind {found.points:+g} points of ejection fraction may lie:", ""]
    for story in found.stories:
        lines += [*_story_words(story, {one.id: one.title for one in found.stories}), ""]
    lines += [f"{title}: {why}." for title, why in found.untold.items()]
    drawn = (
        f"Bands: 5th to 95th percentile of {found.counted} circulations that may be this child's"
    )
    left = f"; {found.left_out} more have no steady state" if found.left_out else ""
    return [*lines, f"{drawn}{left}.", ASSUMED, OPEN, FRAME]


def _story_words(story: "Story", titles: dict[str, str]) -> list[str]:
    from cordula.heart.outcomes import OUTCOMES

    sign = "+" if story.lever.endswith("_leak") else "×"
    lines = [f"{story.title} ({story.lever} {sign}{story.amount.value:.2f})", f"  {story.means}"]
    if story.false_gain:
        lines.append("  A false gain: the ejection fraction rises while the body is brought less.")
    rows = [
        (f"  {OUTCOMES[name][1]}", band(name, story.changes[name], True))
        for name in TOLD
        if name in story.changes
    ]
    lines += [*table(rows), f"  {story.look}"]
    for apart in story.apart:
        told = f"{shown(apart.outcome, apart.here, True)} here, {shown(apart.outcome, apart.there, True)} there"
        lines.append(
            f"  Apart from “{titles[apart.other]}”: {OUTCOMES[apart.outcome][1]}, {told}: "
            f"{apart.deviations:.1f} SD of a change between two readings"
        )
    return lines


def _fit_values(found: "Fit") -> dict[str, Any]:
    return {
        "frame": FRAME,
        "turns": found.turns,
        "freedoms": [asdict(one) for one in found.freedoms],
        "outcomes": [asdict(one) for one in found.outcomes],
        "hidden": [asdict(one) for one in found.hidden],
        "conflicts": [one.outcome for one in found.conflicts],
    }


def _fit_words(found: "Fit") -> list[str]:
    from cordula.heart.outcomes import OUTCOMES

    rows = [("", "factor on the usual", "90 % band", "still not known")]
    for one in found.freedoms:
        f = one.factor
        wide = f"{f.low:.2f} to {f.high:.2f}"
        rows.append((one.title, f"{f.value:.2f}", wide, f"{100 * one.left:.0f} %"))
    told = [("", "model, 90 % band", "read")]
    for out in found.outcomes:
        read = "" if out.given is None else f"{shown(out.outcome, out.given)} ± {out.sd:.3g}"
        told.append((OUTCOMES[out.outcome][1], band(out.outcome, out.found), read))
    odd = [
        f"{OUTCOMES[one.outcome][1]}: read {abs(one.apart):.1f} SD from what fits the others; "
        "the reading, its SD or the model is wrong."
        for one in found.conflicts
    ]
    hidden = [f"  {one.says}" for one in found.hidden]
    if hidden:
        hidden.insert(0, "These numbers hardly tell apart, so that the assumption speaks:")
    return [*table(rows), "", *table(told), "", *hidden, *odd, "", ASSUMED, FRAME]
