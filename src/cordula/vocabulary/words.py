"""Every sentence the core says passes through `_`, so that it can be said in another language.

The language belongs to the running context: one request never changes the words of another.
"""

from contextvars import ContextVar, Token
from functools import cache
from gettext import translation
from importlib.resources import files

DOMAIN, SOURCE = "cordula", "en"
CATALOGUE = f"LC_MESSAGES/{DOMAIN}.mo"


class _Words(dict[str, str]):
    """The sentences of one language. A judgement says a hundred of them, thousands of times a second,
    so each is looked up in its catalogue once. Without a catalogue the English sentences stand."""

    def __init__(self, language: str) -> None:
        self.language = language
        folder = files("cordula") / "locale"
        self.catalogue = translation(DOMAIN, str(folder), [language], fallback=True)

    def __missing__(self, text: str) -> str:
        said = self[text] = self.catalogue.gettext(text)
        return said


_words_of = cache(_Words)
_spoken: ContextVar[_Words] = ContextVar("words", default=_words_of("en"))  # noqa: B039


def activate(language: str) -> Token[_Words]:
    """Says everything in this language from here on; `deactivate` takes the answer to go back."""
    return _spoken.set(_words_of(language))


def deactivate(token: Token[_Words]) -> None:
    _spoken.reset(token)


def language() -> str:
    """The language that is spoken in this context."""
    return _spoken.get().language


def languages() -> tuple[str, ...]:
    """English, in which every sentence is written, and the languages that have a catalogue."""
    folder = files("cordula") / "locale"
    found = {one.name for one in folder.iterdir() if one.joinpath(CATALOGUE).is_file()}
    return SOURCE, *sorted(found - {SOURCE})


def _(text: str) -> str:
    return _spoken.get()[text]


def said_later(text: str) -> str:
    """A text that is written here and said elsewhere, through `_`: translators get it, and it stays English until then."""
    return text


def ngettext(one: str, many: str, count: int) -> str:
    return _spoken.get().catalogue.ngettext(one, many, count)
