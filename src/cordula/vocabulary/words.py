"""Every sentence the core says passes through `_`, so that it can be said in another language.

The language belongs to the running context: one request never changes the words of another.
"""

from contextvars import ContextVar, Token
from functools import cache, lru_cache
from gettext import NullTranslations, translation
from importlib.resources import files

DOMAIN = "cordula"

_language: ContextVar[str] = ContextVar("language", default="en")


def activate(language: str) -> Token[str]:
    """Says everything in this language from here on; `deactivate` takes the answer to go back."""
    return _language.set(language)


def deactivate(token: Token[str]) -> None:
    _language.reset(token)


def language() -> str:
    """The language that is spoken in this context."""
    return _language.get()


def _(text: str) -> str:
    return _said(text, _language.get())


def ngettext(one: str, many: str, count: int) -> str:
    return _catalogue(_language.get()).ngettext(one, many, count)


# A judgement says a hundred sentences, thousands of times a second; each is looked up once.
@lru_cache(maxsize=8192)
def _said(text: str, language: str) -> str:
    return _catalogue(language).gettext(text)


@cache
def _catalogue(language: str) -> NullTranslations:
    """The translations of a language. Where there are none, the English sentences stand."""
    folder = files("cordula") / "locale"
    return translation(DOMAIN, str(folder), [language], fallback=True)
