"""From the freezer to the theatre door and back: set aside, sent, received, brought back. Four small forms."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordula import display
from cordula.events.collection import Received
from cordula.events.event import Event
from cordula.events.release import Allocated, Returned, Shipped
from cordula.units.products import Product, ProductState
from cordula.vocabulary.choices import return_reasons
from cordula.vocabulary.identifiers import ProductKey, UnitId
from cordula_web.clinic.looked_up import UnitSeen
from cordula_web.clinic.theatre.at_work import AtWork, at_work
from cordula_web.clinic.theatre.steps import would_be_refused
from cordula_web.clinic.theatre.vials import name_of
from cordula_web.clinic.theatre.words import CONDITIONS
from cordula_web.clinic.unit_words import product_state_words
from cordula_web.people.acting import ActingRequest
from cordula_web.people.areas import Area, Words
from cordula_web.people.permissions import area
from cordula_web.records.fields import AmountField
from cordula_web.records.sending import RecordingForm, send

# What a label, a box or a seal says of itself: never a name.
MARK = r"^[A-Za-z0-9 ./-]{1,40}$"
_MARKED = {"invalid": gettext_lazy("Up to 40 letters, digits, spaces, points and hyphens.")}


def mark(label: Any, *, required: bool = True, hint: Any = "") -> forms.RegexField:
    return forms.RegexField(
        MARK, label=label, required=required, help_text=hint, error_messages=_MARKED
    )


class TransportForm(RecordingForm):
    """A form about one unit at one moment of its way."""

    event: ClassVar[type[Event]]
    title: ClassVar[Words]
    button: ClassVar[Words]

    def __init__(self, data: Any = None, *, work: AtWork, **kwargs: Any) -> None:
        super().__init__(data, seen=work.versions, **kwargs)
        self.work = work
        self.prepare(work.seen)

    def prepare(self, seen: UnitSeen) -> None:
        """Fill in what can be chosen."""

    def to_event(self) -> Event:
        raise NotImplementedError

    @property
    def who_and_what(self) -> dict[str, Any]:
        return {"unit": self.work.seen.unit.id, "by": self.work.by, "at": self.work.now}

    def tried(self) -> Event:
        """The event with everything that could be named, to see what would be refused."""
        raise NotImplementedError


class ProductsForm(TransportForm):
    """Names the vials or bags it is about."""

    products = forms.MultipleChoiceField(
        label=gettext_lazy("Vials or bags"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one vial or bag.")},
    )

    def prepare(self, seen: UnitSeen) -> None:
        self.offered = {str(p.key): p for p in self.to_choose(seen)}
        choices = [(key, _product(seen, p)) for key, p in self.offered.items()]
        self.fields["products"].choices = choices  # type: ignore[attr-defined]

    def to_choose(self, seen: UnitSeen) -> Iterable[Product]:
        return (p for p in seen.unit.products.values() if p.for_a_child)

    @property
    def chosen(self) -> tuple[ProductKey, ...]:
        return tuple(self.offered[key].key for key in self.cleaned_data["products"])

    @property
    def all_keys(self) -> tuple[ProductKey, ...]:
        return tuple(p.key for p in self.offered.values())


class AllocateForm(ProductsForm):
    event, title, button = (
        Allocated,
        gettext_lazy("Set aside for the operation"),
        gettext_lazy("Set aside"),
    )

    def to_choose(self, seen: UnitSeen) -> Iterable[Product]:
        return (p for p in super().to_choose(seen) if not p.allocated)

    def to_event(self) -> Event:
        return self._allocated(self.chosen)

    def tried(self) -> Event:
        return self._allocated(self.all_keys)

    def _allocated(self, products: tuple[ProductKey, ...]) -> Allocated:
        infant = self.work.seen.infant
        return Allocated(
            infant=infant.id if infant else None,  # type: ignore[arg-type]
            products=products,
            **self.who_and_what,
        )


class ShipForm(ProductsForm):
    event, title, button = Shipped, gettext_lazy("Send to theatre"), gettext_lazy("Send")

    consignment = mark(gettext_lazy("Consignment number"))
    destination = mark(gettext_lazy("Where to"), hint=gettext_lazy("Like Theatre 2."))
    container = mark(gettext_lazy("Container"), hint=gettext_lazy("Like dry shipper 4."))
    seal = mark(gettext_lazy("Seal"), required=False)
    logger = mark(gettext_lazy("Temperature logger"), required=False)

    def prepare(self, seen: UnitSeen) -> None:
        super().prepare(seen)
        plan = seen.infant.next_operation if seen.infant else None
        self.fields["destination"].initial = plan.theatre if plan else None

    def to_choose(self, seen: UnitSeen) -> Iterable[Product]:
        gone = (ProductState.SHIPPED, ProductState.THAWED, ProductState.RETURNED)
        return (p for p in super().to_choose(seen) if p.allocated and p.state not in gone)

    def to_event(self) -> Event:
        cleaned = self.cleaned_data
        return Shipped(
            products=self.chosen,
            consignment=cleaned["consignment"],
            destination=cleaned["destination"],
            container=cleaned["container"],
            seal=cleaned["seal"] or None,
            logger=cleaned["logger"] or None,
            **self.who_and_what,
        )

    def tried(self) -> Event:
        words: dict[str, Any] = {"consignment": "-", "destination": "-", "container": "-"}
        return Shipped(products=self.all_keys, **words, **self.who_and_what)


class ReceiveForm(TransportForm):
    event, title, button = Received, gettext_lazy("Receive at theatre"), gettext_lazy("Receive")

    condition = forms.ChoiceField(
        label=gettext_lazy("Condition"), choices=CONDITIONS.items(), widget=forms.RadioSelect
    )
    seal_intact = forms.ChoiceField(
        label=gettext_lazy("Is the seal whole?"),
        choices=(
            ("yes", gettext_lazy("Yes")),
            ("no", gettext_lazy("No")),
            ("none", gettext_lazy("It had none")),
        ),
        widget=forms.RadioSelect,
    )
    lowest = AmountField("Cel", label=gettext_lazy("Lowest on the way, in °C"), required=False)
    highest = AmountField("Cel", label=gettext_lazy("Highest on the way, in °C"), required=False)

    def to_event(self) -> Event:
        cleaned = self.cleaned_data
        return Received(
            where="theatre",
            condition=cleaned["condition"],
            seal_intact={"yes": True, "no": False}.get(cleaned["seal_intact"]),
            temperature_lowest=cleaned["lowest"],
            temperature_highest=cleaned["highest"],
            **self.who_and_what,
        )

    def tried(self) -> Event:
        return Received(where="theatre", condition="good", **self.who_and_what)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        low, high = cleaned.get("lowest"), cleaned.get("highest")
        if low is not None and high is not None and low > high:
            told = _("The lowest, {low}, is above the highest, {high}. Change one of them.")
            words = {"low": display.celsius(low), "high": display.celsius(high)}
            self.add_error("lowest", told.format(**words))
        return cleaned


class ReturnForm(ProductsForm):
    event, title, button = Returned, gettext_lazy("Bring back"), gettext_lazy("Bring back")

    reason = forms.ChoiceField(
        label=gettext_lazy("Why?"), choices=return_reasons().items(), widget=forms.RadioSelect
    )

    def to_choose(self, seen: UnitSeen) -> Iterable[Product]:
        return (
            p
            for p in super().to_choose(seen)
            if p.allocated and p.state is not ProductState.RETURNED
        )

    def to_event(self) -> Event:
        reason = self.cleaned_data["reason"]
        return Returned(products=self.chosen, reason=reason, **self.who_and_what)

    def tried(self) -> Event:
        return Returned(products=self.all_keys, reason="-", **self.who_and_what)


def _product(seen: UnitSeen, product: Product) -> str:
    told = [name_of(seen.unit, product.key), product_state_words(product.state).lower()]
    if product.volume is not None:
        told.insert(1, display.dose(product.volume))
    return ", ".join(told)


# --- The page -------------------------------------------------------------------------------------


def page_of(kind: type[TransportForm]) -> Callable[..., HttpResponseBase]:
    name = kind.event.__name__

    @area(Area.UNIT, methods=("GET", "POST"), records=(name,))
    def view(request: ActingRequest, din: str) -> HttpResponse:
        work = at_work(request, din, name)
        form = kind(request.POST if request.method == "POST" else None, work=work)
        if request.method == "POST" and form.is_valid() and _sent(work, form):
            return redirect("clinic:unit", din=work.seen.din)
        return _drawn(work, form)

    return view


def _sent(work: AtWork, form: TransportForm) -> bool:
    return send(form, form.to_event(), site=work.site, now=work.now)


def _drawn(work: AtWork, form: TransportForm) -> HttpResponse:
    if form.errors:
        form.show_anew(seen=work.versions)
    page = {
        "form": form,
        "fields": form.visible_fields(),
        "may": work.may(form.event.__name__),
        "refusals": () if form.is_bound else _refusals(work, form),
        "button": form.button,
    }
    status = form.status if form.errors else 200
    return work.drawn("clinic/theatre_transport.html", str(form.title), page, status=status)


def _refusals(work: AtWork, form: TransportForm) -> tuple[str, ...]:
    if not isinstance(work.seen.unit.id, UnitId):
        return ()
    return would_be_refused(work.seen, form.tried())


allocate = page_of(AllocateForm)
ship = page_of(ShipForm)
receive = page_of(ReceiveForm)
bring_back = page_of(ReturnForm)
