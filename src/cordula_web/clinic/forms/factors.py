"""What a minimisation must know of a child before her arm is drawn, asked so that a slip makes no new level."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from cordula.events.collection import Born
from cordula_web.clinic.looked_up import ChildSeen
from cordula_web.records import arms
from cordula_web.records.shelf import protocol_of

SURE = "factors_are_right"


@dataclass(frozen=True, slots=True)
class FactorFields:
    """names: the factors of the design; seen: the levels of the children before, of each; known: hers, where the
    record tells them."""

    names: tuple[str, ...]
    seen: tuple[tuple[str, ...], ...]
    known: tuple[str, ...]

    @classmethod
    def of(cls, child: ChildSeen) -> "FactorFields":
        protocol = protocol_of(child.infant)
        names = arms.factors_of(protocol) if protocol is not None else ()
        if protocol is None or not names:
            return cls((), (), ())
        site = child.acting.site
        seen = (arms.levels_of(protocol, n, site.site_id) for n in range(len(names)))
        born = (one for one in child.infant.standing if isinstance(one, Born))
        told = {"sex": next((one.sex for one in born), ""), "site": str(site.site_id)}
        return cls(names, tuple(seen), tuple(told.get(name, "") for name in names))

    def fields(self, data: Any) -> dict[str, forms.Field]:
        found: dict[str, forms.Field] = {
            f"factor_{n}": self._field(n, name) for n, name in enumerate(self.names)
        }
        if found and data is not None and self._unseen(self._sent(data)):
            label = _("It is right, although no child before had it")
            found[SURE] = forms.BooleanField(label=label, required=False)
        return found

    def _field(self, n: int, name: str) -> forms.Field:
        levels = ", ".join(self.seen[n])
        hint = _("Children before: {levels}.").format(levels=levels) if levels else ""
        label = name.replace("_", " ").capitalize()
        return forms.CharField(
            label=label,
            help_text=hint,
            initial=self.known[n],
            max_length=40,
            error_messages={
                "required": _("Her arm depends on this: {factor}.").format(factor=label)
            },
        )

    def values(self, cleaned: dict[str, Any]) -> tuple[str, ...]:
        """As they are written into the record: one way of writing for one level."""
        return tuple(_level(cleaned.get(f"factor_{n}", "")) for n in range(len(self.names)))

    def problems(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """A level that nobody had before is asked about once."""
        if cleaned.get(SURE):
            return
        for n in self._unseen(self.values(cleaned)):
            told = _(
                "No child before had “{level}”. They had: {levels}. Correct it, or say that it is right."
            )
            level = _level(cleaned.get(f"factor_{n}", ""))
            yield f"factor_{n}", told.format(level=level, levels=", ".join(self.seen[n]))

    def _sent(self, data: Any) -> tuple[str, ...]:
        return tuple(_level(data.get(f"factor_{n}", "")) for n in range(len(self.names)))

    def _unseen(self, values: tuple[str, ...]) -> list[int]:
        pairs = enumerate(zip(values, self.seen, strict=True))
        return [n for n, (level, seen) in pairs if level and seen and level not in seen]


def _level(text: str) -> str:
    return " ".join(text.lower().split())
