"""Every kind of event by name, in the order of life."""

from types import ModuleType

from cordula.events import (
    before_birth,
    collection,
    course,
    laboratory,
    quality,
    randomisation,
    record_keeping,
    release,
    storage,
    theatre,
)
from cordula.events.event import Event

ORDER_OF_LIFE: tuple[ModuleType, ...] = (
    before_birth,
    randomisation,
    collection,
    laboratory,
    storage,
    release,
    theatre,
    course,
    quality,
    record_keeping,
)


def _events_of(module: ModuleType) -> dict[str, type[Event]]:
    return {
        name: kind
        for name, kind in vars(module).items()
        if isinstance(kind, type) and issubclass(kind, Event) and kind.__module__ == module.__name__
    }


KINDS: dict[str, type[Event]] = {
    name: kind for module in ORDER_OF_LIFE for name, kind in _events_of(module).items()
}
