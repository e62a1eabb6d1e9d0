"""The fields that forms of the laboratory share: moments, amounts, choices, products, free words."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from cordula.display import unit_words
from cordula.units.products import Product
from cordula.vocabulary.quantity import NotANumber, Quantity
from cordula_web.people.areas import Words

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Label


def required(label: "Label") -> dict[str, "Label"]:
    """The message stands in a list on top of the page too, so it names the field."""
    return {"required": format_lazy("{}: {}", label, _("fill this in."))}


def moment(label: "Label", **more: Any) -> forms.DateTimeField:
    """A moment in the zone of the site."""
    picker = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    wrong = {"invalid": _("Enter a day and a time, like 2026-11-21 18:44.")}
    return forms.DateTimeField(
        label=label, widget=picker, error_messages={**required(label), **wrong}, **more
    )


class AmountField(forms.CharField):
    """A plain decimal number with its unit, exact."""

    def __init__(self, *, unit: str, above: str | None = None, **more: Any) -> None:
        super().__init__(**more)
        self.unit, self.above = unit, Decimal(above) if above is not None else None
        # Stands behind the input, in words.
        self.unit_words = unit_words(unit)
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off"}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = Quantity.of(text, self.unit)
        except NotANumber as fault:
            raise ValidationError(f"{fault}.") from fault
        if self.above is not None and amount.value <= self.above:
            raise ValidationError(
                _("Enter a number above %(above)s."), params={"above": self.above}
            )
        return amount


def amount(label: "Label", unit: str, **more: Any) -> AmountField:
    return AmountField(label=label, unit=unit, error_messages=required(label), **more)


def choice(label: "Label", options: Mapping[str, Words], **more: Any) -> forms.ChoiceField:
    """One of these. Nothing is chosen beforehand."""
    choices = [("", _("Choose")), *options.items()]
    return forms.ChoiceField(label=label, choices=choices, error_messages=unchosen(label), **more)


def offer_choices(field: forms.Field, options: Mapping[str, Words]) -> None:
    """Put up for choice what the vocabulary has; nothing is chosen beforehand."""
    assert isinstance(field, forms.ChoiceField)  # noqa: S101
    field.choices = [("", told("Choose")), *options.items()]


def unchosen(label: "Label") -> dict[str, "Label"]:
    return {"required": format_lazy("{}: {}", label, _("choose one."))}


def yes_no(label: "Label", **more: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("yes", _("Yes")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": format_lazy("{} {}", label, _("Choose yes or no."))},
        **more,
    )


def line(label: "Label", **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=200, error_messages=required(label), **more)


def words(label: "Label", **more: Any) -> forms.CharField:
    """Free words, which are sealed: they stand in the record as a digest, and can be erased."""
    more.setdefault("help_text", _("Facts, and no names."))
    box = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, max_length=4000, widget=box, error_messages=required(label), **more
    )


def products(label: "Label") -> forms.MultipleChoiceField:
    """Bags, vials and segments; which there are depends on the unit."""
    return forms.MultipleChoiceField(
        label=label,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": format_lazy("{}: {}", label, _("choose at least one."))},
    )


def offer(field: forms.Field, found: Iterable[Product]) -> None:
    """Put these products up for choice."""
    assert isinstance(field, forms.ChoiceField)  # noqa: S101
    field.choices = [(str(product.key), named(product)) for product in found]


def named(product: Product) -> str:
    """“Vial A0 (D0002)”."""
    return f"{str(product.kind).capitalize()} {product.key.division} ({product.key.product_code})"
