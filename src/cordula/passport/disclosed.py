"""Which sealed words may the recipient read? Each disclosure travels as RFC 9901 (section 4.2.1) writes it.

    WyJjMkZzZENCdlppQjBhR1VnY0dGblpRIiwgInJlYXNvbiIsICJ0aGUgc2VhbCBvZiB0aGUgYmFnIHdhcyB0b3JuIl0
    ["c2FsdCBvZiB0aGUgcGFnZQ", "reason", "the seal of the bag was torn"]

What is not disclosed stays a digest, and the history is proved all the same.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Container, Iterable
from json import dumps, loads

from cordula.events.sealed import Disclosure
from cordula.passport.refusal import Reason, Refused
from cordula.vocabulary.words import _


def encode(disclosure: Disclosure) -> str:
    array = dumps([disclosure.salt, disclosure.name, disclosure.value], ensure_ascii=False)
    return urlsafe_b64encode(array.encode()).rstrip(b"=").decode()


def decode(text: str) -> Disclosure:
    """The disclosure in this text; raises ValueError unless it is exactly its encoding."""
    array = loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    if type(array) is not list or [type(item) for item in array] != [str, str, str]:
        raise ValueError("not an array of salt, name and value")
    disclosure = Disclosure(*array)
    if encode(disclosure) != text:
        raise ValueError("not the one encoding of this disclosure")
    return disclosure


def check(texts: Iterable[str], digests: Container[str]) -> tuple[Disclosure, ...]:
    """The disclosures, once each is seen to be what an entry seals."""
    found = []
    for number, text in enumerate(texts, 1):
        disclosure = _read(number, text)
        if disclosure.digest not in digests:
            says = _("disclosure {number} was changed: no entry of this unit seals such words")
            raise Refused(Reason.WRONG_DISCLOSURE, says.format(number=number))
        found.append(disclosure)
    return tuple(found)


def _read(number: int, text: str) -> Disclosure:
    try:
        return decode(text)
    except (ValueError, RecursionError):
        says = _("line {number} of the part “disclosures” cannot be read")
        raise Refused(Reason.MALFORMED, says.format(number=number)) from None
