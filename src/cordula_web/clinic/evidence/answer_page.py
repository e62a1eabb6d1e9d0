"""What is shown of one answer: in sentences, in pictures with their tables, in numbers, and what was left out and why?"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from cordula.evidence import wording
from cordula.vocabulary.words import _ as core
from cordula_web.clinic.evidence import numbers, released
from cordula_web.clinic.evidence.answer_tables import (
    directions,
    estimates,
    inputs,
    leave_one_out,
    left_out,
    sensitivity,
    shrinkage,
)
from cordula_web.clinic.evidence.figures import Picture, shown
from cordula_web.clinic.evidence.overview import answer_url, certain
from cordula_web.clinic.evidence.prior import prior
from cordula_web.clinic.evidence.study_lines import written_day
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Fact, Facts, Link, NavItem, PageHead, Side, Table

Values = Mapping[str, Any]


def answer_page(answer: Values) -> dict[str, Any]:
    """Everything the template of one answer draws."""
    measured = _("{measure}. {time}.")
    time = numbers.months(answer["months"])
    sub = measured.format(measure=core(answer["measure_words"]), time=time)
    return {
        "title": f"{core(answer['words'])} {time}",
        "head": PageHead(core(answer["words"]), sub, crumbs()),
        "times": tuple(times(answer)),
        "sentences": wording.told(answer),
        "certain": certain(answer["certainty"]),
        "certainty_rules": answer["certainty"]["reasons"],
        "pictures": pictures(answer),
        "tables": tuple(table.named() for table in tables(answer) if table is not None),
        "notes": tuple(notes(answer)),
        "prior": prior(answer),
        "made": made(),
    }


def crumbs() -> tuple[Link, ...]:
    return (Link(_("Evidence"), address("clinic:evidence")),)


def times(answer: Values) -> Iterator[NavItem]:
    """The other times at which the same was asked."""
    for one in released.times(answer["question"]):
        current = one["months"] == answer["months"]
        yield NavItem(numbers.months(one["months"]), answer_url(one), current)


def pictures(answer: Values) -> tuple[Picture, ...]:
    key = f"{answer['question']}@{answer['months']:g}"
    return tuple(map(shown, released.pictures(key)))


def tables(answer: Values) -> Iterator[Table | None]:
    yield directions(answer)
    yield inputs(answer)
    yield left_out(answer)
    yield estimates(answer)
    yield leave_one_out(answer)
    yield sensitivity(answer)
    yield shrinkage(answer)


def notes(answer: Values) -> Iterator[tuple[str, str]]:
    """What the numbers cannot tell."""
    if answer["why_not"]:
        yield _("Why there is no number"), core(answer["why_not"])
    found = answer["pooled"]["heterogeneity"] if answer["pooled"] else None
    if found is not None:
        yield _("How far the studies differ"), heterogeneity(found)
    yield _("Small studies"), core(answer["small_studies"])
    yield _("Why this prior of the heterogeneity"), core(answer["tau_why"])


def heterogeneity(found: Values) -> str:
    told = _("τ {tau} ({low} to {high}) on the pooled scale, I² {i2}%, Q {q}, P {p}. {method}.")
    return told.format(
        tau=numbers.plain(found["tau"]),
        low=numbers.plain(found["tau_low"]),
        high=numbers.plain(found["tau_high"]),
        i2="?" if found["i2"] is None else f"{found['i2']:.0f}",
        q="?" if found["q"] is None else numbers.plain(found["q"]),
        p="?" if found["q_p"] is None else f"{found['q_p']:.2g}",
        method=core(found["method"]),
    )


def made() -> Side:
    """From which snapshot this is read, and what made it."""
    newest = released.newest()
    rows = (
        Fact(_("Snapshot"), newest["name"]),
        Fact(_("Made on"), written_day(newest["made_on"])),
        Fact(_("Software"), newest["software"]["version"], newest["software"]["digest"][:12]),
        Fact(_("Evidence files"), newest["data_digest"][:12]),
    )
    return Side("snapshot", _("Where this comes from"), facts=Facts(rows))
