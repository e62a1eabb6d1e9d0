"""What is shown of one study: who took part, what was done, and every number with its kind of spread, its flag and its source?"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from cordula.evidence.words import in_words
from cordula.vocabulary.words import _ as core
from cordula_web.clinic.evidence import numbers, released
from cordula_web.clinic.evidence.answer_page import crumbs
from cordula_web.clinic.evidence.overview import answer_url
from cordula_web.clinic.evidence.sources import link, page_of, registry
from cordula_web.clinic.evidence.study_lines import written_day
from cordula_web.clinic.evidence.study_words import arm_words, flag_words, level, number
from cordula_web.frame.parts import Fact, Facts, Link, PageHead, Table, TableCell, TableRow

Values = Mapping[str, Any]


def study_page(study: Values) -> dict[str, Any]:
    """Everything the template of one study draws."""
    return {
        "title": study["name"],
        "head": PageHead(study["name"], core(study["title"]), crumbs()),
        "facts": Facts(tuple(facts(study)), _("The study")),
        "notes": tuple(map(core, study["notes"])),
        "results": results(study),
        "arms": arms(study),
        "sources": sources(study),
        "shares": tuple(map(_named, study["shares_patients_with"])),
        "registered": tuple(Link(one, registry(one)) for one in study["registry"]),
        "answers": tuple(_answer(one) for one in released.mentions(study["id"])),
    }


def facts(study: Values) -> Iterator[Fact]:
    """What was read from memory says so beside it."""
    told = (
        ("design", _("Design"), core(study["design_words"])),
        ("who", _("Who"), core(study["who"] or "")),
        ("population", _("Heart"), core(study["population_words"])),
        ("cells", _("Cells"), core(study["cells_words"])),
        ("origin", _("From"), core(study["origin_words"])),
        ("route", _("Given"), core(study["route_words"])),
        ("timing", _("When"), core(study["timing"] or "")),
        ("country", _("Where"), core(study["country"] or "")),
        ("years", _("Years"), study["years"] or ""),
        ("phase", _("Phase"), study["phase"] or ""),
        ("state", _("State"), core(study["state_words"])),
    )
    for key, label, value in told:
        if value:
            yield Fact(
                label, value, core(in_words("flags", "memory")) if key in study["memory"] else ""
            )
    if study["dose"] is not None:
        yield dose(study["dose"])
    looked = _("Last looked on {day}.").format(day=written_day(study["looked_on"]))
    yield Fact(_("Its numbers"), core(study["numbers_words"]), looked)


def dose(told: Values) -> Fact:
    amount = f"{told['amount']} {core(told['unit'])}" if told["unit"] else str(told["amount"])
    flag = core(in_words("flags", told["flag"]))
    note = "; ".join(x for x in (core(told["note"] or "").rstrip("."), flag) if x)
    return Fact(_("Dose"), amount, note)


def arms(study: Values) -> Table:
    heads = (_("Group"), _("Children"))
    rows = [
        TableRow((TableCell(core(arm["words"])), TableCell(_count(arm["n"]))))
        for arm in study["arms"].values()
    ]
    return Table(_("Groups"), heads, rows, _("Its groups were not read.")).named()


def _count(n: int | None) -> str:
    return _("not read") if n is None else str(n)


def results(study: Values) -> Table:
    heads = (_("Measure"), _("What it says"), "P", _("How it came here"), _("Source"))
    rows = [_result(study, one) for one in study["results"]]
    empty = _("No result of this study was read.")
    return Table(_("Every number"), heads, rows, empty).named()


def _result(study: Values, one: Values) -> TableRow:
    about = (numbers.months(one["months"]), core(one["method"] or ""), core(one["subgroup"] or ""))
    unit = core(one["unit"] or "")
    measure = TableCell(core(one["measure_words"]), ", ".join(x for x in (*about, unit) if x))
    source = link(study["sources"][one["source"]])
    said = "; ".join(_says(study, one)) or _("not told")
    return TableRow(
        (
            measure,
            TableCell(said, core(one["note"] or "")),
            TableCell(one["p"] or ""),
            TableCell(flag_words(one["flag"])),
            TableCell(source.label, url=source.url),
        )
    )


def _says(study: Values, one: Values) -> Iterator[str]:
    """A result says one or more of three things: its groups, a comparison, a direction."""
    yield from (arm_words(study, arm) for arm in one["arms"])
    if one["between"] is not None:
        yield between(one["between"])
    if one["direction_words"]:
        yield core(one["direction_words"])


def between(told: Values) -> str:
    """“0.6 (95% from 0.21 to 1.77)”, as the source gives it."""
    value = number(told["estimate"])
    if told["low"] is None and told["high"] is None:
        return _("{value}, without an interval").format(value=value)
    limits = _("{low} to {high}").format(low=number(told["low"]), high=number(told["high"]))
    return f"{value} ({level(told)}{limits})"


def sources(study: Values) -> Table:
    heads = (_("Source"), _("Name"), _("What was read"), _("How it came here"), _("Read on"))
    rows = [_source(one) for one in study["sources"].values()]
    return Table(_("Sources"), heads, rows).named()


def _source(one: Values) -> TableRow:
    found = link(one)
    texts = (
        core(one["label"]),
        core(in_words("reads", one["read"])),
        core(in_words("standings", one["standing"])),
    )
    day = TableCell(written_day(one["read_on"] or "") or _("not told"))
    return TableRow(
        (TableCell(found.label, url=found.url), *(TableCell(text) for text in texts), day)
    )


def _named(id_: str) -> Link:
    other = released.study(id_)
    return Link(other["name"] if other else id_, page_of(id_))


def _answer(one: Values) -> Link:
    return Link(f"{core(one['words'])} {numbers.months(one['months'])}", answer_url(one))
