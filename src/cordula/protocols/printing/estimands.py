"""Which question exactly does each endpoint ask, and what becomes of it after a death, a transplant, an operation?"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cordula.protocols.printing.layout import columns, hanging, labelled
from cordula.vocabulary.words import _

Row = Mapping[str, Any]


def _strategies() -> dict[str, str]:
    """Each strategy of ICH E9(R1), as it is said at a bedside."""
    return {
        "treatment_policy": _("what is measured later counts as it is"),
        "hypothetical": _("asked is what would have been without it: what comes later is left out"),
        "composite": _("it is an outcome itself"),
        "while_alive": _("what came before it counts"),
        "principal_stratum": _("asked only of children who would have it in neither arm"),
    }


def _summaries() -> dict[str, str]:
    return {
        "difference_of_means": _("difference of the means"),
        "mean": _("mean"),
        "difference_of_shares": _("difference of the shares"),
        "ratio_of_odds": _("ratio of the odds"),
        "share": _("share"),
        "hazard_ratio": _("ratio of the hazards"),
        "difference_of_restricted_means": _("difference of the mean time free of it"),
        "difference_of_incidences": _("difference of the shares in whom it came first"),
        "win_ratio": _("pairs won for each pair lost"),
        "net_benefit": _("pairs won less pairs lost, of all pairs"),
    }


def _after_words() -> dict[str, str]:
    return {
        "death": _("After a death"),
        "transplant": _("After a transplant"),
        "unplanned_operation": _("After an unplanned operation"),
    }


def estimands(endpoints: Sequence[Row]) -> Iterator[str]:
    """One table for each question; endpoints that differ in what is measured alone share theirs."""
    asked: dict[str, list[Row]] = {}
    for row in endpoints:
        if "estimand" in row:
            alike = {**row["estimand"], "variable": ""}
            asked.setdefault(repr(alike), []).append(row)
    for rows in asked.values():
        yield ""
        yield from labelled(_("Question"), _titles(rows))
        yield from columns(_attributes(rows), 6)
    if silent := [row["title"] for row in endpoints if "estimand" not in row]:
        yield ""
        says = _("No estimand is told, so what deaths and transplants do to it is open: {titles}.")
        yield from hanging(says.format(titles="; ".join(silent)), 4)


def _titles(rows: Sequence[Row]) -> str:
    if len(rows) == 1:
        return str(rows[0]["title"])
    return _("the same for {count} endpoints").format(count=len(rows))


def _attributes(rows: Sequence[Row]) -> Iterator[tuple[str, str]]:
    one = rows[0]["estimand"]
    yield _("Treatment"), one["treatment"]
    yield _("Children"), one["population"]
    for row in rows:
        yield _("What is looked at"), row["estimand"]["variable"]
    for event, words in _after_words().items():
        yield words, _after(one, one["intercurrent"][event])
    yield _("Arms compared by"), _summaries().get(one["summary"], one["summary"])


def _after(estimand: Row, strategy: str) -> str:
    words = _strategies()[strategy]
    if strategy == "composite" and "set_to" in estimand:
        return _("{words}, and counts as {value}").format(words=words, value=estimand["set_to"])
    return words
