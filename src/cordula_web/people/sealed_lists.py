"""Where does a list of arms stand until its places are drawn? Here, sealed under the site key, by its root in the ledger.

The seals of all places stay, for the proofs. The words of a place go when it is drawn: from then on they stand under
the child's own key alone, so that erasing her words erases the arm too."""

from collections.abc import Sequence
from dataclasses import dataclass

import orjson
from django.db import transaction

from cordula.events.sealed import Disclosure, Sealed
from cordula_web.people.sealed_rows import SealedList
from cordula_web.people.site_key import site_key


class NotKept(LookupError):
    """The list is not kept in this installation, or the words of this place are gone."""


@dataclass(frozen=True, slots=True, repr=False)
class KeptList:
    """What is kept of a list. Its text form shows no arm. `left`: the words of places not yet drawn."""

    seals: tuple[Sealed, ...]
    left: dict[int, Disclosure]

    def words_of(self, place: int) -> Disclosure:
        if place not in self.left:
            raise NotKept(f"the words of place {place} are not kept here any more")
        return self.left[place]


def keep(root: str, disclosures: Sequence[Disclosure]) -> None:
    """Keep a list that was just drawn, before its root is committed."""
    kept = KeptList(
        tuple(Sealed(one.digest) for one in disclosures), dict(enumerate(disclosures, start=1))
    )
    SealedList.objects.create(root=root, sealed=_sealed(root, kept))


def kept(root: str) -> KeptList:
    """Only for whoever draws the next place. Raises NotKept."""
    row = SealedList.objects.filter(root=root).first()
    if row is None:
        raise NotKept("this list of arms is not kept in this installation")
    return _opened(row)


@transaction.atomic
def forget(root: str, upto: int) -> None:
    """The words of the places up to this one go: they were drawn."""
    row = SealedList.objects.select_for_update().get(root=root)
    found = _opened(row)
    left = {place: words for place, words in found.left.items() if place > upto}
    row.sealed = _sealed(root, KeptList(found.seals, left))
    row.save(update_fields=["sealed"])


def throw_away(root: str) -> None:
    """A list whose root was refused by the ledger was never a list."""
    SealedList.objects.filter(root=root).delete()


def _sealed(root: str, kept: KeptList) -> str:
    left = {str(place): [d.salt, d.name, d.value] for place, d in kept.left.items()}
    plain = orjson.dumps({"seals": [one.digest for one in kept.seals], "left": left})
    return site_key().seal_text(plain.decode(), about=f"list {root}")


def _opened(row: SealedList) -> KeptList:
    told = orjson.loads(site_key().open_text(row.sealed, about=f"list {row.root}"))
    left = {int(place): Disclosure(*words) for place, words in told["left"].items()}
    return KeptList(tuple(Sealed(digest) for digest in told["seals"]), left)
