"""What stands on a label? One model, from which paper, the printer's language and the preview are made.

Which statements stand on it follows from the record (21 CFR 1271.90(c)), never from free text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cordula import display
from cordula.events.laboratory import EligibilityDetermined, MotherTested
from cordula.labels.compound import CompoundMessage
from cordula.labels.din import Din
from cordula.labels.product import ProductCode
from cordula.units.products import Product
from cordula_web.frame import squares
from cordula_web.frame.parts import Label
from cordula_web.laboratory.seen import Seen


@dataclass(frozen=True, slots=True)
class Content:
    """The structures and the words of one label; `product` is None on a label for the whole donation."""

    din: Din
    product: ProductCode | None
    facility: str
    name: str
    lines: tuple[str, ...]
    collected: datetime | None
    use: str
    warning: str
    practice: bool

    @property
    def square(self) -> str:
        """The two-dimensional symbol: everything a scan must tell, in one message."""
        if self.product is None:
            return self.din.format()
        return CompoundMessage((self.din, self.product)).format()


def content_of(seen: Seen, product: Product | None) -> Content:
    return Content(
        din=Din.parse(f"={seen.din}00"),
        product=_code(product) if product else None,
        facility=seen.acting.site.name,
        name=_name(seen, product),
        lines=tuple(_lines(seen, product)),
        collected=seen.unit.moment("collected"),
        use=_("FOR AUTOLOGOUS USE ONLY") if seen.unit.autologous else "",
        warning="" if _evaluated(seen) else _("NOT EVALUATED FOR INFECTIOUS SUBSTANCES"),
        practice=seen.acting.site.practice,
    )


def preview(seen: Seen, product: Product | None = None) -> Label:
    """As it will look. Its codes say PREVIEW ONLY: a scan of the screen is not a scan of the bag."""
    return _label(
        content_of(seen, product),
        bars=(squares.PREVIEW, squares.PREVIEW, squares.PREVIEW),
        specimen=True,
        note=_("This is a preview. Its codes cannot be used."),
    )


def printed(content: Content) -> Label:
    """As it goes on paper, with its real codes."""
    product = content.product.format() if content.product else ""
    return _label(content, (content.din.format(), product, content.square), content.practice, "")


def _label(content: Content, bars: tuple[str, str, str], specimen: bool, note: str) -> Label:
    din, product, square = bars
    return Label(
        _("Label"),
        content.din.number,
        facility=content.facility,
        product=content.name,
        lines=content.lines,
        collected=content.collected,
        use=content.use,
        warning=content.warning,
        bars=squares.code_128(din),
        product_bars=squares.code_128(product) if product else "",
        square=squares.data_matrix(square),
        specimen=_("SPECIMEN") if specimen else "",
        printer=note,
    )


def _code(product: Product) -> ProductCode:
    """As `Structure.parse` reads it, so that a scan of the label gives back this very product."""
    key = product.key
    return ProductCode.parse(f"=<{key.product_code}{key.collection_type}{key.division}")


def _evaluated(seen: Seen) -> bool:
    return seen.unit.has(EligibilityDetermined) and seen.unit.has(MotherTested)


def _name(seen: Seen, product: Product | None) -> str:
    if product is not None:
        return f"{str(product.kind).capitalize()} {product.key.division}"
    return seen.protocol.product if seen.protocol else _("Cord blood")


def _lines(seen: Seen, product: Product | None) -> Iterator[str]:
    volume = product.volume if product else None
    counted = seen.unit.count("volume")
    if volume is None and product is None and counted is not None:
        volume = counted.result
    if volume is not None:
        yield _("Volume {volume}").format(volume=display.quantity(volume))
    if (frozen := seen.unit.moment("cryopreserved")) is not None:
        day = display.clin_date(frozen, seen.acting.site.zone)
        yield _("Frozen {day}").format(day=day)
