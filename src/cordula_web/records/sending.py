"""How does a page send one act through the one door, and what does it say when the act is refused?"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from secrets import token_urlsafe
from typing import Any, TypeVar

from django import forms

from cordula.events.admission import NotAdmitted
from cordula.events.event import Event
from cordula.events.history import History
from cordula.events.sealed import Sealing
from cordula.vocabulary.identifiers import Identifier, SiteId, Stream, stream_of
from cordula_web.records import queries
from cordula_web.records.actions import record_many
from cordula_web.records.command import Command
from cordula_web.records.refusals import GateClosed, NotRecorded

_HIDDEN = forms.HiddenInput
Named = TypeVar("Named", bound=Identifier)


def named_by(kind: type[Named], key: str) -> Named:
    """A random identifier out of the form's own random key: a form sent twice names one subject."""
    return kind.new(sha256(f"{kind.kind} {key}".encode()).digest()[:16])


class RecordingForm(forms.Form):
    """A form that records: it carries the key of its command, and the versions of what its reader saw.

    The key is made when the form is first drawn, so that a form sent twice is recorded once."""

    key = forms.CharField(widget=_HIDDEN, min_length=8, max_length=80)
    seen = forms.RegexField(r"^([a-z]+:[a-z0-9-]+@\d+ ?)*$", widget=_HIDDEN, required=False)

    # What is missing is told when the form is sent, in our words and not the browser's.
    use_required_attribute = False
    status = 422  # what the page answers with when it is drawn again

    def __init__(self, data: Any = None, *, seen: str = "", **kwargs: Any) -> None:
        initial = {"key": token_urlsafe(16), "seen": seen} | kwargs.pop("initial", {})
        super().__init__(data, initial=initial, **kwargs)

    @property
    def expected(self) -> Mapping[Stream, int]:
        pairs = (item.split("@") for item in self.cleaned_data.get("seen", "").split())
        return {Stream(name): int(version) for name, version in pairs}

    def refuse(self, reasons: Iterable[str], status: int = 409) -> None:
        for reason in reasons:
            self.add_error(None, reason)
        self.status = status

    def show_anew(self, **hidden: str) -> None:
        """What the reader sees from now on, in place of what was seen before: the rest of the form stays."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        for name, value in hidden.items():
            data[name] = value
        self.data = data


def seen_of(*histories: History | None) -> str:
    """The versions of these histories, for the hidden field."""
    known = [h for h in histories if h is not None and getattr(h, "id", None)]
    return " ".join(f"{stream_of(h.id)}@{h.version}" for h in known)  # type: ignore[attr-defined]


def send(
    form: RecordingForm,
    *events: Event,
    site: SiteId,
    now: datetime,
    sealing: Sealing | None = None,
) -> bool:
    """Record these events, all or none. Where they are refused, the reasons stand in the form."""
    key = form.cleaned_data["key"]
    if queries.happened_under(f"{key}.0", site=site) is not None:
        return True  # sent twice, recorded once: the page goes on to show what was recorded
    commands = []
    unchanged = dict(form.expected)
    for number, event in enumerate(events):
        command = Command(
            event=event,
            key=f"{key}.{number}",
            site=site,
            now=now,
            expected=dict(unchanged),
            sealing=sealing,
        )
        commands.append(command)
        # What an event of this form changes, the next ones were not drawn from.
        for stream in event.concerns():
            unchanged.pop(stream, None)
    try:
        record_many(commands)
    except (NotAdmitted, GateClosed) as refused:
        form.refuse(refused.reasons)
    except NotRecorded as refused:
        form.refuse([str(refused)], refused.status)
    return not form.errors
