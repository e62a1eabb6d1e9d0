"""Where can a number be read? The name of its source, and its address."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit

from cordula_web.frame.addresses import address
from cordula_web.frame.parts import Link

Values = Mapping[str, Any]
# Each kind of number under which a text is kept, and where that is; the publisher's page comes first.
PLACES = {
    "doi": "https://doi.org/{}",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmc": "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
}
REGISTRIES = {"NCT": "https://clinicaltrials.gov/study/{}"}


def link(source: Values) -> Link:
    """What it is called, and where it is; the address is empty where there is only a name."""
    return Link(named(source), web_address(source))


def named(source: Values) -> str:
    """The number it is found under; where there is only an address, what it is called or whose page it is."""
    if source["citation"] != source["url"]:
        return str(source["citation"])
    return str(source["label"] or urlsplit(source["url"] or "").hostname or "")


def web_address(source: Values) -> str:
    if source["url"]:
        return str(source["url"])
    for kind, place in PLACES.items():
        if source[kind]:
            return place.format(quote(source[kind], safe="/"))
    return registry(source["registry"] or "")


def registry(number: str) -> str:
    """The page of a registered trial; empty for a registry whose addresses are not known here."""
    place = REGISTRIES.get(number[:3])
    return place.format(number) if place else ""


def cited(study: Values | None, citation: str) -> Link:
    """A source of a study by the citation that an answer names."""
    for source in study["sources"].values() if study else ():
        if source["citation"] == citation:
            return link(source)
    return Link(citation, "")


def page_of(study: str) -> str:
    """The page of a study here."""
    return address("clinic:evidence_study", {"study": study})
