"""How is a released picture shown: by which address, of what size, and with which table beside it?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from cordula.vocabulary.words import _ as core
from cordula_web.clinic.evidence.numbers import signed
from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Table, TableCell, TableRow

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Picture:
    """`alt` says what the picture is; its numbers stand in the table."""

    id: str
    heading: str
    alt: str
    about: str
    url: str
    kind: str
    table: Table


def shown(found: Values) -> Picture:
    return Picture(
        id=found["name"],
        heading=heading(found["kind"]),
        alt=core(found["title"]),
        about=about(found["kind"]),
        url=address("clinic:evidence_picture", {"name": found["name"]}),
        kind=found["kind"],
        table=_table(found["rows"]),
    )


def heading(kind: str) -> str:
    return {
        "forest": _("Forest plot"),
        "funnel": _("Funnel plot"),
        "prior-to-posterior": _("From prior to posterior"),
    }[kind]


def about(kind: str) -> str:
    """How it is read, for those who do not read one every day."""
    return {
        "forest": _(
            "Each square is a study with its 95% interval; each diamond is a way of pooling them. Studies without numbers stand in words."
        ),
        "funnel": _(
            "Each point is a study, the precise ones above. The dashed lines hold 95% of studies if all had one truth."
        ),
        "prior-to-posterior": _(
            "To the left, what was believed of the heterogeneity before and after; to the right, what follows for the mean and for a further study."
        ),
    }[kind]


def _table(rows: list[list[str]]) -> Table:
    """The same in rows. What no row fills in, such as the limits of a direction in words, leaves its cell empty."""
    heads, *body = rows
    told = tuple(TableRow(tuple(map(_cell, row))) for row in body)
    return Table(_("The same in rows"), tuple(map(core, heads)), told).named()


def _cell(text: str) -> TableCell:
    """A source that has only an address is named by whose page it is."""
    if text.startswith("https://"):
        return TableCell(urlsplit(text).hostname or text, url=text)
    return TableCell(signed(core(text)) if text[:1] == "-" else core(text))
