"""What is known about this protocol: which questions concern its cells and their route, and which studies gave the same?"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from cordula.infants.infant import Infant
from cordula.vocabulary.words import _ as core
from cordula_web.clinic.evidence import numbers, released
from cordula_web.clinic.evidence.sources import page_of
from cordula_web.clinic.evidence.study_lines import written_day
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Link, Table, TableCell, TableRow
from cordula_web.people.acting import Acting
from cordula_web.people.areas import Area

Values = Mapping[str, Any]
RULES = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, slots=True)
class Concerns:
    """What the evidence has to do with one protocol."""

    cells: tuple[str, ...]
    routes: tuple[str, ...]
    questions: tuple[str, ...]
    note: str


@cache
def rules() -> Mapping[str, Concerns]:
    told = tomllib.loads(RULES.read_text(encoding="utf-8"))["protocols"]
    return {key: _concerns(one) for key, one in told.items()}


def _concerns(one: Values) -> Concerns:
    cells, routes, questions = (tuple(one[name]) for name in ("cells", "routes", "questions"))
    return Concerns(cells, routes, questions, one["note"])


def known_of(infant: Infant | None, acting: Acting) -> Link | None:
    """The link on the page of a child or a unit; None where nothing is written down or the reader may not see it."""
    protocol = infant.enrolment.protocol if infant and infant.enrolment else ""
    if protocol not in rules() or not acting.may_see(Area.PROTOCOLS):
        return None
    url = address("clinic:evidence_protocol", {"protocol": protocol})
    return Link(_("What is known about this protocol"), url)


def same_cells(concerns: Concerns) -> Table:
    """Every study that gave these cells, the largest first, whether or not it says anything yet."""
    heads = (_("Study"), _("Children"), _("Given"), _("Design"), _("Its numbers"))
    rows = [TableRow(tuple(_cells(one, concerns))) for one in _studies(concerns)]
    empty = _("No study of these cells is known here.")
    return Table(_("Studies of the same cells"), heads, rows, empty).named()


def _studies(concerns: Concerns) -> list[Values]:
    found = [s for s in released.newest()["studies"].values() if s["cells"] in concerns.cells]
    return sorted(found, key=lambda one: (-(one["size"] or 0), one["name"]))


def _cells(study: Values, concerns: Concerns) -> Iterator[TableCell]:
    other = "" if study["route"] in concerns.routes else _("not as in this protocol")
    looked = _("Last looked on {day}.").format(day=written_day(study["looked_on"]))
    yield TableCell(study["name"], core(study["title"]), page_of(study["id"]))
    yield TableCell(numbers.children(study["size"]))
    yield TableCell(core(study["route_words"]), other)
    yield TableCell(core(study["design_words"]))
    yield TableCell(core(study["numbers_words"]), looked)
