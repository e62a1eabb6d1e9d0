"""Blood becomes a product: separated, divided into vials and segments, frozen."""

from collections.abc import Iterable, Sequence
from string import ascii_uppercase
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from cordula.events.event import Event
from cordula.events.laboratory import Cryopreserved, Divided, Processed
from cordula.events.parts import Lot, Part, PartKind
from cordula.units.life import State
from cordula.units.products import Product, ProductState
from cordula.vocabulary.identifiers import DinNumber, NotAnIdentifier, ProductKey
from cordula_web.laboratory.deeds.asked import (
    amount,
    choice,
    line,
    moment,
    offer,
    products,
    required,
    words,
)
from cordula_web.laboratory.deeds.deed import Deed
from cordula_web.laboratory.seen import Seen
from cordula_web.laboratory.sending import Writing

METHODS = {
    "density_gradient": _("Density gradient"),
    "sedimentation": _("Sedimentation"),
    "automated": _("Closed automated device"),
    "plasma_reduction": _("Plasma removed only"),
}
KINDS = {PartKind.VIAL.value: _("Vials"), PartKind.BAG.value: _("Bags")}


class Process(Deed):
    kind = Processed
    title = _("Process the blood")
    button = _("Record the processing")
    done = _("The processing is recorded. Count again next.")
    states = (State.RECEIVED,)
    by_two = True

    method = choice(_("Method"), METHODS)
    product_code = line(_("Product code"), help_text=_("Five characters, from the label."))
    lots = words(
        _("Reagents and devices"),
        required=False,
        help_text=_("One in each line: what it is, a comma, its lot."),
    )
    started_at = moment(_("Started"))

    def clean_product_code(self) -> str:
        code = str(self.cleaned_data["product_code"]).strip().upper()
        try:
            ProductKey(DinNumber(self.seen.din), code, "00")
        except NotAnIdentifier as fault:
            raise ValidationError(f"{fault}.") from fault
        return code

    def clean_lots(self) -> tuple[Lot, ...]:
        return tuple(_lots(str(self.cleaned_data["lots"]).splitlines()))

    def to_events(self, writing: Writing) -> Sequence[Event]:
        given = self.cleaned_data
        return [
            Processed(
                method=given["method"],
                started_at=given["started_at"],
                product_code=given["product_code"],
                lots=given["lots"],
                second_person=self.second,
                **self.done_by(writing),
            )
        ]


def _lots(lines: Iterable[str]) -> Iterable[Lot]:
    for text in filter(None, map(str.strip, lines)):
        item, comma, lot = (part.strip() for part in text.partition(","))
        if not (item and comma and lot):
            raise ValidationError(
                _("“%(line)s” has no lot: write what it is, a comma, its lot."),
                params={"line": text},
            )
        yield Lot(item=item, lot=lot)


class Divide(Deed):
    kind = Divided
    title = _("Divide the product")
    lead = _("Each product gets a division of its own: the next free letter.")
    button = _("Record the products")
    done = _("The products are recorded.")
    states = (State.PROCESSED, State.TESTED)

    container = choice(_("Containers"), KINDS)
    number = forms.IntegerField(
        label=_("How many"), min_value=1, max_value=12, error_messages=required(_("How many"))
    )
    volume = amount(_("Volume of each"), "mL", above="0")
    segments = forms.IntegerField(
        label=_("Test segments"),
        min_value=0,
        max_value=12,
        error_messages=required(_("Test segments")),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        wanted = (cleaned.get("number") or 0) + (cleaned.get("segments") or 0)
        if wanted > len(self._letters()):
            self.add_error("number", _("There are not as many divisions left."))
        return cleaned

    def to_events(self, writing: Writing) -> Sequence[Event]:
        given, letters = self.cleaned_data, iter(self._letters())
        made = [
            Part(
                product=self._key(next(letters)),
                kind=PartKind(given["container"]),
                volume=given["volume"],
            )
            for _number in range(given["number"])
        ]
        kept = [
            Part(product=self._key(next(letters)), kind=PartKind.SEGMENT)
            for _number in range(given["segments"])
        ]
        return [Divided(parts=(*made, *kept), **self.done_by(writing))]

    def _letters(self) -> list[str]:
        used = {key.division[:1] for key in self.seen.unit.products}
        return [letter for letter in ascii_uppercase if letter not in used]

    def _key(self, letter: str) -> ProductKey:
        processed = self.seen.unit.latest(Processed)
        assert processed is not None  # noqa: S101  asked by `why_nothing`
        return ProductKey(DinNumber(self.seen.din), processed.product_code, f"{letter}0")

    @classmethod
    def why_nothing(cls, seen: Seen) -> str:
        return "" if seen.unit.has(Processed) else told("The blood is not processed.")


class Freeze(Deed):
    kind = Cryopreserved
    title = _("Freeze the products")
    button = _("Record the freezing")
    done = _("The freezing is recorded. Put the products away next.")
    states = (State.PROCESSED, State.TESTED, State.CRYOPRESERVED)
    then = "laboratory:storage"

    products = products(_("What is frozen"))
    cryoprotectant = line(_("Cryoprotectant"), help_text=_("Like DMSO 10 %."))
    programme = line(_("Programme of the freezer"))
    started_at = moment(_("Started"))
    end_temperature = amount(_("Temperature at the end"), "Cel", required=False)

    def prepare(self) -> None:
        offer(self.fields["products"], unfrozen(self.seen))
        self.fields["products"].initial = [str(p.key) for p in unfrozen(self.seen)]

    def to_events(self, writing: Writing) -> Sequence[Event]:
        given = self.cleaned_data
        return [
            Cryopreserved(
                products=chosen(self.seen, given["products"]),
                cryoprotectant=given["cryoprotectant"],
                programme=given["programme"],
                started_at=given["started_at"],
                end_temperature=given["end_temperature"],
                **self.done_by(writing),
            )
        ]

    @classmethod
    def why_nothing(cls, seen: Seen) -> str:
        return (
            "" if unfrozen(seen) else told("There is no product left to freeze. Divide it first.")
        )


def unfrozen(seen: Seen) -> list[Product]:
    every = seen.unit.products.values()
    return [p for p in every if p.at_hand and not p.frozen and p.state is ProductState.MADE]


def chosen(seen: Seen, keys: Iterable[str]) -> tuple[ProductKey, ...]:
    """The products whose boxes were ticked, in the order of the unit's own list."""
    ticked = set(keys)
    return tuple(key for key in seen.unit.products if str(key) in ticked)
