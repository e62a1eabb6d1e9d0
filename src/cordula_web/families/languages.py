"""In which languages could families read? English, and every language that has a catalogue."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from django.utils import translation
from django.utils.translation import get_language_info

from cordula.vocabulary import words

CATALOGUES = Path(str(files("cordula"))) / "locale"
SOURCE = "en"


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its own name, and the direction it is read in."""

    code: str
    name: str
    rtl: bool


def languages() -> tuple[Language, ...]:
    found = {path.parents[1].name for path in CATALOGUES.glob("*/LC_MESSAGES/cordula.mo")}
    return tuple(map(_language, [SOURCE, *sorted(found - {SOURCE})]))


def language_named(code: str) -> Language | None:
    return next((one for one in languages() if one.code == code), None)


def wanted(accepted: str, among: Iterable[Language]) -> Language:
    """The first of these languages that an Accept-Language header asks for; English where it asks for none."""
    known = {one.code: one for one in among}
    for part in accepted.split(","):
        code = part.partition(";")[0].strip().lower().partition("-")[0]
        if code in known:
            return known[code]
    return _language(SOURCE)


@contextmanager
def spoken(language: Language) -> Iterator[None]:
    """Says everything in this language: the core's sentences and the site's."""
    token = words.activate(language.code)
    try:
        with translation.override(language.code):
            yield
    finally:
        words.deactivate(token)


def _language(code: str) -> Language:
    known = get_language_info(code)
    return Language(code, str(known["name_local"]), bool(known["bidi"]))
