"""Which protocol is a child judged by? The very version she was enrolled under, found by its digest.

Looked for among the published protocols, and in the site's own folder, where each version has a folder with its
`protocol.toml` and, where the site filled in open numbers, its `site.toml`. An old version stays there for
as long as a child is judged by it.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from threading import Lock

from django.conf import settings

from cordula.events.before_birth import Enrolled
from cordula.infants.infant import Infant
from cordula.protocols.load import FILE, folder_named, library, load, named
from cordula.protocols.protocol import Protocol
from cordula.protocols.refusal import ProtocolRefused

SITE_FILE = "site.toml"


class Shelf:
    """Every version at hand, by its digest."""

    def __init__(self) -> None:
        self._by_digest: dict[tuple[str, str], Protocol] = {}
        self._lock = Lock()

    def put(self, protocol: Protocol) -> None:
        with self._lock:
            self._by_digest[protocol.id, protocol.digest] = protocol

    def forget(self) -> None:
        with self._lock:
            self._by_digest.clear()

    def take(self, enrolment: Enrolled) -> Protocol | None:
        """None where this version is not here: then nothing of its protocol can be judged."""
        return self.find(enrolment.protocol, enrolment.digest)

    def find(self, name: str, digest: str) -> Protocol | None:
        """The version with this digest; None where it is not here."""
        wanted = name, digest
        return self._by_digest.get(wanted) or _installed(_folder()).get(wanted)


SHELF = Shelf()


def ready() -> None:
    """Read the protocols, once in a process: a second of work that nobody else should wait for."""
    _installed(_folder())


def keep(name: str) -> Protocol:
    """Put a copy of a published protocol into the site's folder, and answer it.

    Done when a version comes into force: a later Cordula may bring another version of it, and children
    go on being judged by the one they were enrolled under."""
    protocol, folder = named(name), Path(settings.CORDULA_PROTOCOLS)
    kept = folder / f"{name}-{protocol.digest[:12]}"
    if not (kept / FILE).exists():
        kept.mkdir(parents=True, exist_ok=True)
        (kept / FILE).write_bytes((folder_named(name) / FILE).read_bytes())
    _installed.cache_clear()
    return protocol


def protocol_of(infant: Infant | None) -> Protocol | None:
    enrolment = infant.enrolment if infant else None
    return SHELF.take(enrolment) if enrolment else None


def _folder() -> str | None:
    return getattr(settings, "CORDULA_PROTOCOLS", None)


@cache
def _installed(folder: str | None) -> dict[tuple[str, str], Protocol]:
    """Read once: a protocol put there while the site runs is seen after it was started anew.

    Where the site keeps a copy of a version that is still published, the published one answers."""
    return {(p.id, p.digest): p for p in (*_of_the_site(folder), *_published())}


def _published() -> Iterator[Protocol]:
    for name in library():
        try:
            yield named(name)
        except ProtocolRefused:
            continue  # “cordula protocol check” says why; a child under it is judged by nothing


def _of_the_site(folder: str | None) -> Iterator[Protocol]:
    for path in sorted(Path(folder).glob(f"*/{FILE}")) if folder else ():
        own = path.with_name(SITE_FILE)
        try:
            yield load(path.parent, own if own.exists() else None)
        except ProtocolRefused:
            continue
