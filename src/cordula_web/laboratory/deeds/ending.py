"""What ends: products destroyed before a witness, and a result or a label that was wrong and counts no longer."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from cordula import display
from cordula.events.event import Event
from cordula.events.laboratory import Assessed, Counted, MotherTested, Tested, TestStarted
from cordula.events.quality import Voided
from cordula.events.release import Discarded
from cordula.units.products import Product, ProductState
from cordula.units.rules.quality import VOIDABLE
from cordula.vocabulary.choices import discard_reasons
from cordula.vocabulary.measures import measures
from cordula_web.laboratory.deeds.asked import choice, offer, offer_choices, products, words
from cordula_web.laboratory.deeds.deed import Deed
from cordula_web.laboratory.deeds.making import chosen
from cordula_web.laboratory.seen import Seen
from cordula_web.laboratory.sending import Writing
from cordula_web.people.areas import Area, Words


class Discard(Deed):
    kind = Discarded
    title = _("Destroy products")
    lead = _("Before a witness, and for ever. Take them out of the freezer first.")
    button, button_kind = _("Record that they were destroyed"), "stop"
    done = _("It is recorded that they were destroyed.")
    area = Area.UNIT
    by_two = only_by_two = True
    then = "clinic:unit"

    products = products(_("What was destroyed"))
    reason = choice(_("Reason"), {})

    def prepare(self) -> None:
        offer(self.fields["products"], loose_in_hand(self.seen))
        offer_choices(self.fields["reason"], discard_reasons())

    def to_events(self, writing: Writing) -> Sequence[Event]:
        assert self.second is not None  # noqa: S101  asked by `clean`
        return [
            Discarded(
                products=chosen(self.seen, self.cleaned_data["products"]),
                reason=self.cleaned_data["reason"],
                witness=self.second,
                **self.done_by(writing),
            )
        ]

    @classmethod
    def why_nothing(cls, seen: Seen) -> str:
        if loose_in_hand(seen):
            return ""
        return told("Nothing of this unit is at hand outside a freezer. Take it out first.")


def loose_in_hand(seen: Seen) -> list[Product]:
    every = seen.unit.products.values()
    return [p for p in every if p.at_hand and p.state is not ProductState.STORED]


class Void(Deed):
    kind = Voided
    title = _("Strike out a wrong entry")
    lead = _("It counts no longer, and stays readable. Record the right one afterwards.")
    button, button_kind = _("Strike it out"), "stop"
    done = _("The entry counts no longer.")
    area = Area.UNIT
    then = "clinic:unit_record"

    entry = choice(_("Which entry"), {})
    reason = words(_("Why it is wrong"))

    def prepare(self) -> None:
        offer_choices(self.fields["entry"], dict(_voidable(self.seen)))

    def to_events(self, writing: Writing) -> Sequence[Event]:
        reason = writing.sealing("reason", self.cleaned_data["reason"])
        version = int(self.cleaned_data["entry"])
        return [Voided(version=version, reason=reason, **self.done_by(writing))]

    @classmethod
    def why_nothing(cls, seen: Seen) -> str:
        if any(_voidable(seen)):
            return ""
        return told("There is no result, answer or label that could be struck out.")


def _voidable(seen: Seen) -> Iterator[tuple[str, Words]]:
    """The newest first: it is most often the last entry that is wrong."""
    unit, zone = seen.unit, seen.acting.site.zone
    for version in range(unit.version, 0, -1):
        event = unit.events[version - 1]
        if isinstance(event, VOIDABLE) and version not in unit.voided:
            when = display.clin_datetime(event.at, zone)
            yield str(version), f"{version}: {_what(event)}, {when}"


def _what(event: Any) -> str:
    """What the entry says, in a few words."""
    match event:
        case Counted(measure=measure, result=result):
            return f"{measures()[measure].label} {display.quantity(result)}"
        case Tested(test=name) | TestStarted(test=name) | MotherTested(test=name):
            return told("Test: {name}").format(name=name.replace("_", " "))
        case Assessed(item=item):
            return told("Answer: {name}").format(name=item.replace("_", " "))
    return told("Label")
