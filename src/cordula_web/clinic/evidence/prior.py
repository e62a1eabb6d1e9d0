"""What do the studies lend to the next trial, as a prior that can be written into a protocol?"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cordula.vocabulary.words import _ as core
from cordula_web.clinic.evidence import numbers
from cordula_web.frame.parts import Table, TableCell, TableRow

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Prior:
    words: str
    size: str
    tables: tuple[Table, Table]


def prior(answer: Values) -> Prior | None:
    found = answer["predictive_prior"]
    if found is None:
        return None
    told = _("It is worth {ess} children; made robust, {robust}.")
    size = told.format(ess=numbers.plain(found["ess"]), robust=numbers.plain(found["ess_robust"]))
    known = size if found["ess"] is not None and found["ess_robust"] is not None else ""
    whole = _mixture(found, _("Predictive prior"), found["components"])
    share = f"{100 * found['robust_weight']:.0f}%"
    caption = _("Made robust, {share} of it vague").format(share=share)
    return Prior(core(found["words"]), known, (whole, _mixture(found, caption, found["robust"])))


def _mixture(found: Values, caption: str, components: list[Values]) -> Table:
    normal = (_("Weight"), _("Mean"), _("Standard deviation"))
    heads = normal if found["kind"] == "normal" else (_("Weight"), "a", "b")
    rows = [
        TableRow(tuple(TableCell(numbers.plain(one[key])) for key in ("weight", "first", "second")))
        for one in components
    ]
    kind = (
        _("A mixture of normal distributions")
        if found["kind"] == "normal"
        else _("A mixture of beta distributions")
    )
    return Table(caption, heads, rows, note=kind).named()
