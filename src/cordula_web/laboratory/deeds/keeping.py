"""In and out of the freezer: put away, moved, taken out. A wrong place stops."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from cordula.events.event import Event
from cordula.events.storage import Moved, Retrieved, Stored
from cordula.units.products import Product, ProductState
from cordula.vocabulary.identifiers import PlaceId
from cordula_web.laboratory.deeds.asked import line, named, offer, products
from cordula_web.laboratory.deeds.deed import Deed
from cordula_web.laboratory.deeds.making import chosen
from cordula_web.laboratory.scanning.meaning import PLACE
from cordula_web.laboratory.seen import Seen
from cordula_web.laboratory.sending import Writing
from cordula_web.laboratory.shelf_map import free, path, taken_in
from cordula_web.people.areas import Area
from cordula_web.records import lists
from cordula_web.records.models import PlaceCard


def place_field(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, error_messages={"required": _("Choose a place, or scan it.")}
    )


class PutAway(Deed):
    kind = Stored
    title = _("Put away")
    lead = _("Scan the place, then put each product where it says.")
    button = _("Put away")
    done = _("The products are put away.")
    area = Area.STORAGE
    scans = True  # a place that is scanned is chosen
    then = "laboratory:storage"

    place = place_field(_("Place"))

    def prepare(self) -> None:
        offer_places(self.fields["place"], self.seen)
        place = _chosen_place(self.seen, self.data.get("place") or self.scanned_place)
        room = iter(free(place, taken_in(place, self.seen.acting.site.site_id)) if place else ())
        self.fields["place"].initial = place.place if place else ""
        for name, product in self._positions():
            self.fields[name] = line(
                told("Position of {product}").format(product=named(product)),
                required=False,
                initial=next(room, ""),
                help_text=_("Leave it empty if it is not put away now."),
            )
        self.fields["when"] = self.fields.pop("when")

    def _positions(self) -> Iterator[tuple[str, Product]]:
        return ((f"position-{number}", p) for number, p in enumerate(loose(self.seen)))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        given = [cleaned.get(name) for name, _product in self._positions()]
        filled = [position for position in given if position]
        if not filled:
            self.add_error("position-0", told("Enter at least one position."))
        if len(set(filled)) < len(filled):
            self.add_error(None, told("Two products cannot stand in one position."))
        return cleaned

    def to_events(self, writing: Writing) -> Sequence[Event]:
        place = PlaceId(self.cleaned_data["place"])
        return [
            Stored(place=place, product=product.key, position=position, **self.done_by(writing))
            for name, product in self._positions()
            if (position := str(self.cleaned_data[name]).strip().upper())
        ]

    @classmethod
    def why_nothing(cls, seen: Seen) -> str:
        return "" if loose(seen) else told("Nothing of this unit waits to be put away.")


class _FromPlace(Deed):
    """What all that leave a position have in common: the place they stand in is scanned first."""

    area = Area.STORAGE
    then = "laboratory:storage"

    products = products(_("Products"))
    scanned = line(
        _("Scan the place they stand in"), help_text=_("A wrong place stops: nothing is recorded.")
    )

    def prepare(self) -> None:
        offer(self.fields["products"], stored(self.seen))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        scanned = str(cleaned.get("scanned") or "").strip()
        name = scanned[len(PLACE) :] if scanned.upper().startswith(PLACE) else scanned
        for product in self._chosen(cleaned):
            if scanned and name.lower() != str(product.place):
                self.add_error("scanned", told("Wrong place. Stop."))
                break
        return cleaned

    def _chosen(self, cleaned: dict[str, Any]) -> list[Product]:
        keys = chosen(self.seen, cleaned.get("products") or ())
        return [self.seen.unit.products[key] for key in keys]

    @classmethod
    def why_nothing(cls, seen: Seen) -> str:
        return "" if stored(seen) else told("Nothing of this unit is in a freezer.")


class TakeOut(_FromPlace):
    kind = Retrieved
    title = _("Take out")
    button = _("Take out")
    done = _("The products are taken out.")

    def to_events(self, writing: Writing) -> Sequence[Event]:
        return [
            Retrieved(place=product.place, product=product.key, **self.done_by(writing))
            for product in self._chosen(self.cleaned_data)
            if product.place is not None
        ]


class Move(_FromPlace):
    kind = Moved
    title = _("Move to another position")
    button = _("Move")
    done = _("The product is moved.")

    place = place_field(_("New place"))
    position = line(_("New position"))

    def prepare(self) -> None:
        super().prepare()
        offer_places(self.fields["place"], self.seen)

    def clean_products(self) -> list[str]:
        ticked: list[str] = self.cleaned_data["products"]
        if len(ticked) != 1:
            raise ValidationError(
                _("Move one product at a time: each needs a position of its own.")
            )
        return ticked

    def to_events(self, writing: Writing) -> Sequence[Event]:
        given = self.cleaned_data
        return [
            Moved(
                product=product.key,
                left=product.place,
                place=PlaceId(given["place"]),
                position=str(given["position"]).strip().upper(),
                **self.done_by(writing),
            )
            for product in self._chosen(given)
            if product.place is not None
        ]


def loose(seen: Seen) -> list[Product]:
    """Products that exist and stand in no freezer; whole blood that was divided is gone."""
    every = seen.unit.products.values()
    return [p for p in every if p.at_hand and p.state is not ProductState.STORED]


def stored(seen: Seen) -> list[Product]:
    return [p for p in seen.unit.products.values() if p.state is ProductState.STORED]


def offer_places(field: forms.Field, seen: Seen) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101
    found = ((place.place, path(place)) for place in lists.places(seen.acting.site.site_id))
    field.choices = [("", told("Choose a place")), *found]


def _chosen_place(seen: Seen, name: str) -> PlaceCard | None:
    """The place asked for; else the first with room."""
    places, site = lists.places(seen.acting.site.site_id), seen.acting.site.site_id
    if name:
        return places.filter(place=name).first()
    taken = lists.occupancy(site)
    return next((p for p in places if taken.get(p.place, 0) < p.positions), None)
