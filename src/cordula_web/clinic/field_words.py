"""How is each value of an entry said? By its type, and by the vocabulary its field takes its keys from."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from cordula import display
from cordula.events.event import Event
from cordula.events.parts import Injection, Lot, Part, Signature
from cordula.events.sealed import Sealed
from cordula.journey import wording
from cordula.vocabulary import choices
from cordula.vocabulary.identifiers import AccountId, PlaceId, ProductKey
from cordula.vocabulary.measures import measures
from cordula.vocabulary.quantity import Quantity
from cordula_web.clinic.event_words import field_label
from cordula_web.clinic.unit_words import kind_words
from cordula_web.people.duties import People, role_words

# Whom the entry is about stands on top of the page; who did it has a column of its own.
# The hashes that prove a draw are checked in the trial office; whether it gives cells is told beside the draw alone.
LEFT_OUT = frozenset(
    {"by", "at", "unit", "units", "infant", "mother", "streams", "proof", "no_cells"}
)
DIGESTS = frozenset({"verdict", "digest", "log_digest", "root"})

_KEYS: Mapping[str, Callable[[str], str]] = {
    "measure": wording.measure,
    "test": wording.test,
    "diagnosis": wording.diagnosis,
    "operation": wording.operation,
    "timepoint": wording.timepoint,
    "route": wording.route,
    "scopes": wording.consent_scope,
    "wish": wording.wish,
    "role": wording.role,
    "review": lambda key: wording.chosen(key, choices.reviews()),
    "category": lambda key: wording.chosen(key, choices.harms()),
    "related_to_product": lambda key: wording.chosen(key, choices.relations()),
    "related_to_procedure": lambda key: wording.chosen(key, choices.relations()),
    "recipient": str,
    "number": str,
    "form": str,
    "lot": str,
    "din": str,
    "chain_of_identity": str,
    "product_code": str,
    "consignment": str,
}
# Fields whose words depend on what happened.
_KEYS_OF: Mapping[tuple[str, str], Callable[[str], str]] = {
    ("CollectionStopped", "reason"): wording.stop_reason,
    ("Rejected", "reason"): wording.refusal_reason,
    ("Discarded", "reason"): wording.discard_reason,
    ("AdministrationStopped", "reason"): wording.giving_stop_reason,
    ("Returned", "reason"): lambda key: wording.chosen(key, choices.return_reasons()),
    ("OperationCancelled", "reason"): lambda key: wording.chosen(key, choices.cancel_reasons()),
    ("Examined", "method"): lambda key: wording.chosen(key, choices.outcome_methods()),
    ("Reviewed", "conclusion"): lambda key: wording.chosen(key, choices.review_conclusions()),
}


@dataclass(frozen=True)
class Reading:
    """What is needed to say an entry's values: names, places, the words that may be read, the zone."""

    zone: tzinfo
    people: People = field(default_factory=People)
    places: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    may_read: Callable[[Event], bool] = lambda event: False

    def facts(self, event: Event) -> Iterator[tuple[str, str]]:
        """Label and value of each field that says something."""
        for one in fields(event):
            value = getattr(event, one.name)
            if one.name in LEFT_OUT or value is None or value in ((), "", False):
                continue
            yield field_label(one.name), self._field(event, one.name, value)

    def _field(self, event: Event, name: str, value: Any) -> str:
        measure = getattr(event, "measure", None)
        if name == "result" and isinstance(value, Quantity) and measure in measures():
            return display.quantity(value, measure)
        if name == "result" and isinstance(value, str):
            return wording.test_result(getattr(event, "test", ""), value)
        if name == "timepoint":
            return self._timepoint(event, value)
        if name in DIGESTS:
            return f"{value[:12]}…"
        if name in ("second_person", "witness", "acknowledged_by", "told_to"):
            return self.people.name(str(value))
        say = _KEYS_OF.get((type(event).__name__, name)) or _KEYS.get(name, wording.plain_key)
        return self._value(event, value, say)

    def _timepoint(self, event: Event, value: str) -> str:
        of_child = type(event).__name__ == "Examined"
        return wording.timepoint(value, "infant" if of_child else "unit")

    def _value(self, event: Event, value: Any, say: Callable[[str], str]) -> str:
        match value:
            case tuple():
                return ", ".join(self._value(event, item, say) for item in value)
            case Sealed():
                return self.words_of(event, value)
            case Signature():
                return self._signature(event, value)
            case bool():
                return _("Yes")
            case datetime():
                return display.clin_datetime(value, self.zone)
            case date():
                return display.clin_date(value)
            case Quantity():
                return display.quantity(value)
            case AccountId():
                return self.people.name(value)
            case PlaceId():
                return self.places.get(value, str(value))
            case StrEnum():
                return wording.sentence(wording.plain_key(value.value))
            case str():
                return wording.sentence(say(value))
            case _:
                return _part(value)

    def words_of(self, event: Event, sealed: Sealed) -> str:
        if not self.may_read(event):
            return _("Sealed. Your role does not read these words.")
        return self.words.get(sealed.digest) or _("The words were erased.")

    def _signature(self, event: Event, signature: Signature) -> str:
        """The name as it was printed at signing, which may not be the person's name today."""
        name = self.words.get(signature.printed_name.digest) or self.people.name(event.by)
        told = _("{name}, {role}; meaning: {meaning}")
        role = role_words(signature.role)
        return told.format(name=name, role=role, meaning=wording.plain_key(signature.meaning))


def _part(value: Any) -> str:
    match value:
        case Part():
            told = f"{kind_words(value.kind)} {product_words(value.product)}"
            return f"{told}, {display.quantity(value.volume)}" if value.volume else told
        case Injection():
            return f"{wording.plain_key(value.site)} {display.quantity(value.volume)}"
        case Lot():
            return f"{value.item} {value.lot}"
        case ProductKey():
            return product_words(value)
    return str(value)


def product_words(key: ProductKey) -> str:
    """The product as its label says it, without the donation number that stands on top of the page."""
    return f"{key.product_code}{key.collection_type}{key.division}"
