"""Which numbers describe the child? Every one may be left out; what cannot be is refused at its field."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cordula.vocabulary.quantity import Quantity

if TYPE_CHECKING:
    from cordula_web.clinic.circulation.recorded import Recorded

# Circuits that have the eight freedoms of a fit, in the order of the operations. The published circuit of a hypoplastic
# left heart before operation is none of them: no child bears it for long, so it fits nobody's readings.
CIRCUITS = (
    ("", gettext_lazy("Choose")),
    ("norwood-bts", gettext_lazy("After stage 1 (Norwood), Blalock–Taussig shunt")),
    ("norwood-sano", gettext_lazy("After stage 1 (Norwood), Sano conduit")),
    ("glenn", gettext_lazy("After stage 2 (bidirectional Glenn)")),
    ("fontan", gettext_lazy("After stage 3 (Fontan), fenestration open")),
    ("fontan-closed", gettext_lazy("After stage 3 (Fontan), fenestration closed")),
    ("tetralogy", gettext_lazy("Tetralogy of Fallot, before operation")),
    ("vsd", gettext_lazy("Ventricular septal defect")),
    ("asd", gettext_lazy("Atrial septal defect")),
    ("pda", gettext_lazy("Open arterial duct")),
    ("coarctation", gettext_lazy("Coarctation of the aorta")),
    ("tricuspid-regurgitation", gettext_lazy("Two ventricles, leaking tricuspid valve")),
    ("normal", gettext_lazy("Two ventricles, nothing else known")),
)
ABOUT = ("circuit", "weight", "age", "haemoglobin", "points")
PERCENT, PRESSURE, VOLUME, FLOW = "%", "mm[Hg]", "mL", "L/min"
# Outcome, label, unit as it is typed, an example.
READ = (
    ("ejection_fraction", gettext_lazy("Ejection fraction"), PERCENT, "42"),
    ("end_diastolic_volume", gettext_lazy("End-diastolic volume"), VOLUME, "26"),
    ("end_systolic_volume", gettext_lazy("End-systolic volume"), VOLUME, "15"),
    ("systolic_pressure", gettext_lazy("Arterial pressure, systolic"), PRESSURE, "82"),
    ("diastolic_pressure", gettext_lazy("Arterial pressure, diastolic"), PRESSURE, "37"),
    ("mean_arterial_pressure", gettext_lazy("Arterial pressure, mean"), PRESSURE, "58"),
    ("end_diastolic_pressure", gettext_lazy("End-diastolic pressure"), PRESSURE, "9"),
    ("atrial_pressure", gettext_lazy("Atrial pressure, mean"), PRESSURE, "6"),
    ("pulmonary_pressure_mean", gettext_lazy("Pulmonary artery pressure, mean"), PRESSURE, "14"),
    ("superior_caval_pressure", gettext_lazy("Superior caval pressure, mean"), PRESSURE, "7"),
    ("cardiac_output", gettext_lazy("Output of the ventricle"), FLOW, "1.8"),
    ("flow_ratio", gettext_lazy("Qp:Qs"), "1", "1.1"),
    ("arterial_saturation", gettext_lazy("Arterial saturation"), PERCENT, "72"),
    ("venous_saturation", gettext_lazy("Caval (mixed venous) saturation"), PERCENT, "45"),
)
_IN_WORDS = {PRESSURE: "mmHg", "d": gettext_lazy("days")}

PLAIN = gettext_lazy("Enter a plain number, such as 42 or 1.1")


def _number(label: Any, unit: str, example: str, required: bool = False) -> forms.DecimalField:
    named = label if unit == "1" else format_lazy("{}, {}", label, _IN_WORDS.get(unit, unit))
    return forms.DecimalField(
        label=named,
        required=required,
        max_digits=8,
        help_text=format_lazy(gettext_lazy("Like {example}"), example=example) if required else "",
        error_messages=dict.fromkeys(("invalid", "max_digits"), PLAIN),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 6, "autocomplete": "off"}),
    )


class CirculationForm(forms.Form):
    """Circuit, child, what was read, and by how much the ejection fraction rose."""

    circuit = forms.ChoiceField(label=gettext_lazy("Circulation"), choices=CIRCUITS)
    weight = _number(gettext_lazy("Weight"), "kg", "5.6", required=True)
    age = _number(gettext_lazy("Age"), "d", "150")
    haemoglobin = _number(gettext_lazy("Haemoglobin"), "g/dL", "14.5")
    points = _number(gettext_lazy("Rise of the ejection fraction, points"), "1", "5", required=True)

    def __init__(self, data: Any = None, recorded: "Recorded | None" = None) -> None:
        super().__init__(
            data, initial=recorded.initial if recorded else {"points": "5"}, auto_id="id_%s"
        )
        for name, label, unit, example in READ:
            self.fields[name] = _number(label, unit, example)
        for name, note in recorded.notes.items() if recorded else ():
            self.fields[name].help_text = note

    @property
    def about(self) -> list[forms.BoundField]:
        return [self[name] for name in ABOUT]

    @property
    def readings(self) -> list[forms.BoundField]:
        return [self[name] for name, *_rest in READ]

    def clean_weight(self) -> Decimal:
        weight: Decimal = self.cleaned_data["weight"]
        return _within(weight, Decimal("1.5"), Decimal(25), "kg", _("weight"))

    def clean_points(self) -> Decimal:
        points: Decimal = self.cleaned_data["points"]
        return _within(points, Decimal("0.5"), Decimal(20), _("points"), _("rise"))

    def clean_haemoglobin(self) -> Decimal | None:
        grams: Decimal | None = self.cleaned_data["haemoglobin"]
        if grams is None:
            return None
        return _within(grams, Decimal(5), Decimal(25), "g/dL", _("haemoglobin"))

    def clean(self) -> dict[str, Any]:
        from cordula.heart.measured import impossible

        cleaned = super().clean() or {}
        given = {name: float(one.to(_unit_of(name)).value) for name, one in self.read().items()}
        for name, why in impossible(given).items():
            self.add_error(name, f"{why[0].upper()}{why[1:]}.")
        self._refuse_age()
        return cleaned

    def _refuse_age(self) -> None:
        from cordula.heart.library import load

        days, circuit = self.cleaned_data.get("age"), self.cleaned_data.get("circuit")
        if days is None or not circuit:
            return
        first, last = load(circuit).ages_days
        if not first <= days <= last:
            told = _(
                "{days} days: this circulation is made for {first} to {last} days. Without an age its own stands."
            )
            self.add_error("age", told.format(days=days, first=f"{first:g}", last=f"{last:g}"))

    def read(self) -> dict[str, Quantity]:
        """What was typed, with its unit."""
        typed = {name: self.cleaned_data.get(name) for name, *_rest in READ}
        units = {name: unit for name, _label, unit, _example in READ}
        return {n: Quantity(value, units[n]) for n, value in typed.items() if value is not None}


def _within(value: Decimal, least: Decimal, most: Decimal, unit: str, what: str) -> Decimal:
    if not least <= value <= most:
        raise forms.ValidationError(
            _(
                "{value} {unit} cannot be: the {what} lies between {least} and {most} {unit}."
            ).format(value=value, unit=unit, what=what, least=least, most=most)
        )
    return value


def _unit_of(outcome: str) -> str:
    from cordula.heart.outcomes import OUTCOMES

    return OUTCOMES[outcome][0]
