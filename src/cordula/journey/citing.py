"""Where a rule comes from, as the reader may look it up."""

from cordula.journey.verdict import Citation
from cordula.protocols.protocol import Protocol


def cited(protocol: Protocol, source: str, place: str = "", is_open: bool = False) -> Citation:
    found = protocol.sources.get(source)
    if found is None:
        return Citation(source=source, title=source, place=place, open=is_open)
    return Citation(source=source, title=found.title, url=found.url, place=place, open=is_open)
