"""Which unit, child or place is meant? Looked for only among what the reader's role may see."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cordula import display
from cordula_web.frame.addresses import address
from cordula_web.people import identities
from cordula_web.people.acting import Acting
from cordula_web.people.areas import Area, Words
from cordula_web.records import lists
from cordula_web.records.card_words import answer_status, answer_word
from cordula_web.records.deviations import units_of_deviation
from cordula_web.records.models import InfantCard, PlaceCard, UnitCard
from cordula_web.today.understood import Understood
from cordula_web.today.work import names_for

FOUND_MAX = 50


@dataclass(frozen=True, slots=True)
class Found:
    """One thing the text may mean, and its page."""

    kind: Words
    url: str
    name: str = ""
    din: str = ""
    note: str = ""
    status: str = ""
    word: str = ""


def find(meant: Understood, acting: Acting) -> tuple[Found, ...]:
    if meant.closed or not meant.text:
        return ()
    found = list(_by_label(meant, acting)) or list(_by_words(meant, acting))
    return tuple(one for one in dict.fromkeys(found) if one.url)[:FOUND_MAX]


def _by_label(meant: Understood, acting: Acting) -> Iterator[Found]:
    site = acting.site.site_id
    if meant.din is not None:
        yield from _units(lists.for_site(UnitCard, site).filter(din=str(meant.din)), acting)
    elif meant.chain is not None:
        yield from _of_chain(str(meant.chain), acting)
    elif meant.deviation and acting.may_see(Area.UNIT):
        yield from _deviation(meant.deviation, acting)


def _of_chain(chain: str, acting: Acting) -> Iterator[Found]:
    """The child it belongs to; for those who see no children, her units."""
    site = acting.site.site_id
    if acting.may_see(Area.INFANT):
        cards = lists.for_site(InfantCard, site).filter(chain_of_identity=chain)
        yield from _children(cards, acting)
    else:
        yield from _units(lists.for_site(UnitCard, site).filter(chain_of_identity=chain), acting)


def _deviation(number: str, acting: Acting) -> Iterator[Found]:
    for card in units_of_deviation(acting.site.site_id, number):
        url = address("clinic:unit_record", {"din": card.din or ""})
        yield Found(_("Deviation {number}").format(number=number), url, din=card.din or "")


def _by_words(meant: Understood, acting: Acting) -> Iterator[Found]:
    """Our own identifiers; then, for those who may know names, hospital numbers and family names."""
    site, name = acting.site.site_id, meant.text.lower()
    yield from _units(lists.for_site(UnitCard, site).filter(unit=name), acting)
    yield from _children(lists.for_site(InfantCard, site).filter(infant=name), acting)
    yield from _places(lists.for_site(PlaceCard, site).filter(place=name), acting)
    if acting.may_see(Area.INFANT_IDENTITY):
        yield from _named(meant.text, acting)


def _named(text: str, acting: Acting) -> Iterator[Found]:
    site = str(acting.site.site_id)
    persons = identities.with_hospital_number(site, text) or identities.with_family_name(site, text)
    names = [str(person) for person in persons]
    meant = Q(infant__in=names) | Q(mother__in=names)
    yield from _children(lists.infants(acting.site.site_id).filter(meant), acting)


def _units(cards: Iterable[UnitCard], acting: Acting) -> Iterator[Found]:
    """A unit's page, or for those who see none, that of its child."""
    listed = list(cards)
    names = names_for(acting, (card.infant for card in listed))
    for card in listed:
        yield Found(
            _("Unit"),
            _unit_page(card, acting),
            name=names.get(card.infant or "", ""),
            din=card.din or card.unit,
            status=answer_status(card),
            word=answer_word(card),
        )


def _unit_page(card: UnitCard, acting: Acting) -> str:
    if acting.may_see(Area.UNIT):
        return address("clinic:unit", {"din": card.din or ""})
    if card.infant and acting.may_see(Area.INFANT):
        return address("clinic:child", {"infant": card.infant})
    return ""


def _children(cards: QuerySet[InfantCard], acting: Acting) -> Iterator[Found]:
    if not acting.may_see(Area.INFANT):
        return
    listed = list(cards[:FOUND_MAX])
    names = names_for(acting, (card.infant for card in listed))
    for card in listed:
        url = address("clinic:child", {"infant": card.infant})
        yield Found(_("Child"), url, name=names.get(card.infant, ""), note=_born(card, acting))


def _born(card: InfantCard, acting: Acting) -> str:
    if card.born_at is None:
        return _("not born yet")
    return _("born {day}").format(day=display.clin_date(card.born_at, acting.site.zone))


def _places(cards: Iterable[PlaceCard], acting: Acting) -> Iterator[Found]:
    if acting.may_see(Area.STORAGE):
        for card in cards:
            url = address("laboratory:storage", {"place": card.place}, {})
            yield Found(_("Place"), url, name=", ".join(card.path))
