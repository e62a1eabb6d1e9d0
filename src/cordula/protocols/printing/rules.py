"""When is the data looked at, how is the level shared, and when do deaths or serious events stop the trial?"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from math import ceil
from typing import Any

from cordula.protocols.printing.layout import columns, hanging, labelled
from cordula.vocabulary.words import _

Row = Mapping[str, Any]


def _sharing_words() -> dict[str, str]:
    return {
        "obrien_fleming": _("after O'Brien and Fleming: hardly any of it early, most at the end"),
        "pocock": _("after Pocock: about the same at every look"),
        "hwang_shih_decani": _("after Hwang, Shih and DeCani, with the number {parameter}"),
        "kim_demets": _("after Kim and DeMets, with the power {parameter}"),
        "wang_tsiatis": _("after Wang and Tsiatis, with the number {parameter}"),
        "haybittle_peto": _("after Haybittle and Peto: one high bound until the last look"),
    }


def _methods() -> dict[str, str]:
    return {
        "none": _("each is tested at the whole level"),
        "fixed_sequence": _("one after another, and the first that is not found ends it"),
        "holm": _("by Holm: the surest first, at a share of the level"),
        "hochberg": _("by Hochberg: the least sure first, at the whole level"),
        "graphical": _("by a graph: what is found hands its share of the level on"),
    }


def _events() -> dict[str, str]:
    return {
        "death": _("deaths"),
        "transplant": _("transplants"),
        "unplanned_operation": _("unplanned operations"),
        "serious_event": _("serious events"),
    }


def looks(design: Row) -> Iterator[str]:
    """Each look with what it waits for, and how the level is shared among them."""
    driven = [row["events"] for row in design["endpoints"] if "events" in row]
    whole = driven[0] if driven else _children(design)
    what = _("events") if driven else _("children")
    yield ""
    rows = [(_("Look"), _("Comes after"), _("Share of the information"))]
    for number, share in enumerate(design["looks"], 1):
        count = ceil(Decimal(share) * whole)
        after = _("{count} of {whole} {what}").format(count=count, whole=whole, what=what)
        rows.append((str(number), after, percent(share)))
    yield from columns(rows)
    if len(design["looks"]) > 1:
        yield from hanging(_("The level is shared {how}.").format(how=_sharing(design)), 4)
    if "futility" in design:
        yield from hanging(_futility(design["futility"]), 4)


def _children(design: Row) -> int:
    told = [arm.get("participants") for arm in design["arms"]]
    whole = design.get("participants")
    return int(sum(one or 0 for one in told) if whole is None else whole)


def _sharing(design: Row) -> str:
    how = design.get("spending", design.get("shape"))
    if isinstance(how, list):
        return _("as written: {spent}").format(spent=", ".join(how))
    return _sharing_words()[how].format(parameter=design.get("parameter", ""))


def _futility(table: Row) -> str:
    """When it is no use to go on."""
    if "bounds" in table:
        when = _("z is below {bounds} at the looks before the last").format(
            bounds=", ".join(table["bounds"])
        )
    elif "conditional_power" in table:
        when = _("the chance to find anything at the end is below {share}").format(
            share=percent(table["conditional_power"])
        )
    else:
        when = _("its bounds say so, which overlook a difference in {share} of trials").format(
            share=percent(table["beta"])
        )
    binds = _("It must stop then.") if table.get("binding") else _("It may go on all the same.")
    return _("No use to go on when {when}. {binds}").format(when=when, binds=binds)


def multiplicity(design: Row) -> Iterator[str]:
    """How several endpoints are tested."""
    if (table := design.get("multiplicity")) is None:
        return
    titles = {row["id"]: row["title"] for row in design["endpoints"]}
    yield ""
    yield from labelled(_("Several endpoints"), _methods()[table["method"]])
    weights = table.get("weights", [""] * len(table.get("order", ())))
    rows = [
        (f"{number}.", titles[name], percent(weight) if weight else "")
        for number, (name, weight) in enumerate(
            zip(table.get("order", ()), weights, strict=True), 1
        )
    ]
    if rows:
        yield from columns(rows, 6)
    if stops_with := table.get("stops_with"):
        yield from hanging(_stops_with()[stops_with], 6)
    if assumption := table.get("assumption"):
        yield from hanging(f"{_('Assumed')}: {assumption}", 6)


def _stops_with() -> dict[str, str]:
    return {
        "first": _("The trial stops once the first of them is found."),
        "any": _("The trial stops once any of them is found."),
        "all": _("The trial stops once all of them are found."),
    }


def safety(design: Row) -> Iterator[str]:
    """Each rule that stops the trial because of events."""
    arms = {arm["id"]: arm["title"] for arm in design["arms"]}
    for rule in design.get("safety", ()):
        yield ""
        yield from labelled(_("Safety rule"), rule["title"])
        yield from columns(_safety_rows(rule, arms), 6)
        if assumption := rule.get("assumption"):
            yield from hanging(f"{_('Assumed')}: {assumption}", 6)


def _safety_rows(rule: Row, arms: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    counted = _("{events} within {time}, in the arm “{arm}”")
    yield (
        _("Counted are"),
        counted.format(events=_events()[rule["event"]], time=rule["within"], arm=arms[rule["arm"]]),
    )
    yield _("Acceptable"), _("{share} of the children").format(share=percent(rule["acceptable"]))
    yield _("Stops when"), _stops(rule)
    if rule.get("from", 1) > 1:
        yield _("Not before"), _("{count} children are counted").format(count=rule["from"])
    if "source" in rule:
        yield _("Source"), f"[{rule['source']}] {rule.get('place', '')}".strip()


def _stops(rule: Row) -> str:
    if rule["rule"] == "pocock":
        words = _(
            "there are more than chance allows: were the share acceptable, {alpha} of trials would stop"
        )
        return words.format(alpha=percent(rule["alpha"]))
    if rule["rule"] == "sprt":
        words = _(
            "they speak for a share of {unacceptable} against the acceptable one (Wald; errors {alpha} and {beta})"
        )
        told = {key: percent(rule[key]) for key in ("unacceptable", "alpha", "beta")}
        return words.format(**told)
    words = _(
        "the share is above the acceptable one with a probability of more than {threshold}, as if {events} events and {without} children without had been seen before"
    )
    events, without = rule["prior"]
    return words.format(threshold=percent(rule["threshold"]), events=events, without=without)


def percent(share: str) -> str:
    """“0.05” as “5 %”."""
    value = Decimal(share) * 100
    return f"{value.normalize():f} %"
