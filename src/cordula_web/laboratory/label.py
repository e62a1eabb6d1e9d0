"""How will the label of this unit look? A preview: its codes say PREVIEW ONLY, and never a donation number.

Which statements stand on it follows from the record (21 CFR 1271.90(c)), never from free text.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cordula import display
from cordula.events.laboratory import EligibilityDetermined, MotherTested
from cordula_web.frame import squares
from cordula_web.frame.parts import Label
from cordula_web.laboratory.seen import Seen


def preview(seen: Seen) -> Label:
    evaluated = seen.unit.has(EligibilityDetermined) and seen.unit.has(MotherTested)
    return Label(
        _("Label"),
        seen.din,
        facility=seen.acting.site.name,
        product=_product(seen),
        lines=tuple(_lines(seen)),
        collected=seen.unit.moment("collected"),
        use=_("FOR AUTOLOGOUS USE ONLY") if seen.unit.autologous else "",
        warning="" if evaluated else _("NOT EVALUATED FOR INFECTIOUS SUBSTANCES"),
        bars=squares.code_128(squares.PREVIEW),
        product_bars=squares.code_128(squares.PREVIEW),
        square=squares.data_matrix(squares.PREVIEW),
        specimen=_("SPECIMEN"),
        printer=_("This is a preview. Its codes cannot be used."),
    )


def _product(seen: Seen) -> str:
    if seen.protocol is not None:
        return seen.protocol.product
    return _("Cord blood")


def _lines(seen: Seen) -> Iterator[str]:
    unit = seen.unit
    counted = unit.count("volume")
    if counted is not None:
        yield _("Volume {volume}").format(volume=display.quantity(counted.result))
    if (frozen := unit.moment("cryopreserved")) is not None:
        day = display.clin_date(frozen, seen.acting.site.zone)
        yield _("Frozen {day}").format(day=day)
