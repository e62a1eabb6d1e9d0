"""Practice lives in the clinic: stage I, growing, stage II with or without the cells, and after."""

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from cordula.events.before_birth import ConsentWithdrawn
from cordula.events.course import (
    AdverseEventReported,
    Died,
    Examined,
    Operated,
    OperationPlanned,
    Reviewed,
    ReviewRequested,
    Transplanted,
    Weighed,
)
from cordula.events.parts import Answer, Signature
from cordula.events.sealed import Sealing
from cordula.vocabulary.quantity import Quantity
from cordula_web.practice.acts import Act, Life
from cordula_web.practice.beginnings import Child
from cordula_web.practice.parameters import (
    happens,
    lognormal,
    median_weight_kg,
    normal,
    parameters,
)
from cordula_web.practice.profile import MONTH, rounded

STAGE_1, STAGE_2 = "stage_1_palliation", "stage_2_palliation"
OPERATION_LASTS = timedelta(hours=5)


def stage_1(child: Child) -> Life:
    at = child.profile.stage_1_at
    yield _planned(child, STAGE_1, at, at - timedelta(days=2))
    yield _operated(child, STAGE_1, at)
    yield _echo(child, at + timedelta(days=9), child.profile.rvef, "baseline")
    if child.profile.arrhythmia:
        yield _harm(child, at + timedelta(days=2), "arrhythmia", grade=2, serious=False)


def death(child: Child, at: datetime) -> Life:
    sealing = Sealing()
    cause = sealing("cause", "Practice data: invented course.")
    yield Act(Died(infant=child.infant, cause=cause, by=child.staff["moreau"], at=at), sealing)


def growing(child: Child) -> Life:
    """Weighed each month until stage II, and stage II planned three weeks ahead."""
    profile = child.profile
    planned_on = profile.stage_2_at - timedelta(days=21)
    month = profile.born_at + MONTH
    while month < planned_on:
        yield weighing(child, month, "home visit")
        month += MONTH
    yield _planned(child, STAGE_2, profile.stage_2_at, planned_on)
    echo = planned_on + timedelta(hours=2)
    yield _echo(child, echo, _fallen(child), "before_operation")
    before = rounded(float(profile.fac) + _own_chance(child, "fac").gauss(0, 3), 0)
    yield _examined(child, echo, "rv_fac", before, "%", "echo", "before_operation")


def withdrawal(child: Child) -> Life:
    yield Act(
        ConsentWithdrawn(
            infant=child.infant,
            units=(child.unit,),
            scopes=("store", "use"),
            wish="discard",
            by=child.staff["sund"],
            at=child.profile.stage_2_at - timedelta(days=30),
        )
    )


def genetic_review(child: Child) -> Life:
    """Asked for at two months and signed a week later, unless the child waits."""
    asked = child.after_birth(days=60)
    units = () if child.profile.collection_stopped else (child.unit,)
    yield Act(
        ReviewRequested(
            infant=child.infant, units=units, review="genetics", by=child.staff["sund"], at=asked
        )
    )
    if child.profile.waits:
        return
    sealing = Sealing()
    name, words = "Dr Meera Pillai", "I have reviewed this child’s genetic report."
    yield Act(
        Reviewed(
            infant=child.infant,
            units=units,
            review="genetics",
            conclusion="no_objection",
            report=sealing("report", "Practice data: invented report."),
            signature=Signature(
                role="geneticist",
                meaning=words,
                statement=sealing("statement", words),
                printed_name=sealing("printed_name", name),
            ),
            by=child.staff["pillai"],
            at=asked + timedelta(days=7),
        ),
        sealing,
    )


def weighing(child: Child, at: datetime, where: str) -> Act:
    age = (at - child.profile.born_at).total_seconds() / 86_400
    own = float(child.profile.birth_weight_kg) / median_weight_kg(0)
    kg = rounded(median_weight_kg(age) * own**0.5, 2)
    return Act(
        Weighed(
            infant=child.infant,
            weight=Quantity(kg, "kg"),
            where=where,
            by=child.staff["silva" if where == "home visit" else "kaya"],
            at=at,
        )
    )


def stage_2(child: Child) -> Life:
    yield _operated(child, STAGE_2, child.profile.stage_2_at)


def troponin_after(child: Child) -> Life:
    """Three and six hours after the operation, with cells or without; now and then a sample is not taken."""
    own = _own_chance(child, "troponin")
    for hours in (3, 6):
        value = rounded(lognormal("troponin_t_ng_per_l", own), 0)
        if not happens("not_measured", own):
            at = child.profile.stage_2_at + OPERATION_LASTS + timedelta(hours=hours)
            timepoint = f"after_{hours}_hours"
            yield _examined(child, at, "troponin_t", value, "ng/L", "laboratory", timepoint)


def follow_up(child: Child) -> Life:
    """Three and twelve months after stage II. Drawn the same for all: nothing is known to help."""
    profile = child.profile
    for months, timepoint in ((3, "after_3_months"), (12, "after_12_months")):
        at = profile.stage_2_at + months * MONTH
        if profile.fails_after_stage_2 and months == 12:
            yield from _failure(child, at - 2 * MONTH)
            return
        yield weighing(child, at, "home visit")
        yield _echo(child, at + timedelta(hours=2), _fallen(child), timepoint)
        fac = _reading(child, profile.fac, Decimal(3))
        yield _examined(child, at + timedelta(hours=2), "rv_fac", fac, "%", "echo", timepoint)
        yield from _strains(child, at + timedelta(hours=2), timepoint)


def _strains(child: Child, at: datetime, timepoint: str) -> Life:
    """Read from the same pictures, where these are good enough for it."""
    own = _own_chance(child, f"strain {timepoint}")
    for measure in ("rv_longitudinal_strain", "rv_circumferential_strain"):
        value = rounded(normal(measure, own), 1)
        if not happens("not_measured", own):
            yield _examined(child, at, measure, value, "%", "echo", timepoint)


def _own_chance(child: Child, what: str) -> Random:
    """A chance of its own, so that whatever else is drawn stays as it was."""
    return Random(f"{parameters()['seed']}:{child.profile.number}:{what}")  # noqa: S311  practice, not secrecy


def _failure(child: Child, at: datetime) -> Life:
    if child.profile.chance.random() < 0.5:
        yield Act(Transplanted(infant=child.infant, by=child.staff["moreau"], at=at))
    else:
        yield from death(child, at)


def _planned(child: Child, operation: str, at: datetime, when: datetime) -> Act:
    return Act(
        OperationPlanned(
            infant=child.infant,
            operation=operation,
            planned_for=at,
            theatre="Theatre 2",
            by=child.staff["hallstrom"],
            at=when,
        )
    )


def _operated(child: Child, operation: str, at: datetime) -> Act:
    return Act(
        Operated(
            infant=child.infant,
            operation=operation,
            started_at=at,
            by=child.staff["hallstrom"],
            at=at + OPERATION_LASTS,
        )
    )


def _fallen(child: Child) -> Decimal:
    return child.profile.rvef - round(Decimal(repr(parameters()["rvef_percent"]["fall"])), 0)


def _reading(child: Child, truth: Decimal, sd: Decimal) -> Decimal:
    """One echo reading of a value: the true one, and what a reader's eye adds."""
    read = float(truth) + child.profile.chance.gauss(0, float(sd))
    return min(max(rounded(read, 0), Decimal(10)), Decimal(75))


def _echo(child: Child, at: datetime, rvef: Decimal, timepoint: str) -> Act:
    sd = Decimal(repr(parameters()["rvef_percent"]["reading_sd"]))
    return _examined(child, at, "rvef", _reading(child, rvef, sd), "%", "echo", timepoint)


def _examined(
    child: Child, at: datetime, measure: str, value: Decimal, unit: str, method: str, timepoint: str
) -> Act:
    return Act(
        Examined(
            infant=child.infant,
            measure=measure,
            result=Quantity(value, unit),
            method=method,
            timepoint=timepoint,
            read_by="site",
            by=child.staff["moreau"],
            at=at,
        )
    )


def _harm(child: Child, at: datetime, category: str, *, grade: int, serious: bool) -> Act:
    sealing = Sealing()
    return Act(
        AdverseEventReported(
            infant=child.infant,
            number=f"AE-{child.profile.number:04d}",
            category=category,
            grade=grade,
            serious=serious,
            expected=Answer.YES,
            related_to_product="unrelated",
            related_to_procedure="possible",
            started_at=at,
            words=sealing("words", "Practice data: invented report."),
            by=child.staff["hallstrom"],
            at=at + timedelta(hours=3),
        ),
        sealing,
    )
