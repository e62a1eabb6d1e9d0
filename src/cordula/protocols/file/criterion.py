"""A criterion as its table says it, and what every criterion owes: a source for its number, or an open place for it."""

from cordula.protocols import criteria as ask
from cordula.protocols.criteria import Criterion, Limit
from cordula.protocols.file.context import Context
from cordula.protocols.file.kinds import KINDS, Fields
from cordula.protocols.file.limits import BOUNDS, bounds
from cordula.protocols.file.table import Table
from cordula.vocabulary.roles import roles
from cordula.vocabulary.words import _

# What may stay open until a site fills it in.
OPEN_KEYS = (*BOUNDS, "not_older_than")


def read_criterion(table: Table, gate_who: str, context: Context) -> Criterion | None:
    """The criterion, or None where its kind is not known; every fault is told."""
    kind = table.word("kind", lambda: KINDS, _("a kind of criterion"))
    if kind not in KINDS:
        return None
    cls, read = KINDS[kind]
    shared = _shared(table, gate_who, context)
    own = read(table, context)
    _check_open(table, cls, shared["open"], own)
    table.done()
    criterion: Criterion = cls(**shared, **own)
    return criterion


def _shared(table: Table, gate_who: str, context: Context) -> Fields:
    is_open = table.flag("open")
    return {
        "id": table.text("id"),
        "says": table.text("says"),
        "source": context.source(
            table,
            needed=not is_open,
            otherwise=_(", or write open = true and leave the number out"),
        ),
        "place": table.text("place", ""),
        "who": table.word("who", roles, _("a role"), gate_who),
        "open": is_open,
    }


def _check_open(table: Table, cls: type[Criterion], is_open: bool, own: Fields) -> None:
    given = [key for key in OPEN_KEYS if key in table.values]
    name = table.values.get("id", table.name)
    if is_open and not _can_be_open(cls):
        table.tell_whole(
            _("{name} cannot be open: it has no number to fill in").format(name=name), "open"
        )
    elif is_open and given:
        says = _(
            "{name} is open and has a number: a sourced number is not open, and an open one is left out"
        )
        for key in given:
            table.tell(says.format(name=name), key)
    elif not is_open and _lacks_number(cls, own):
        says = _("{name} has no limit: give one of {keys}, or write open = true")
        table.tell(says.format(name=name, keys=", ".join(_number_keys(cls))))


def _can_be_open(cls: type[Criterion]) -> bool:
    return bool(_number_keys(cls))


def _number_keys(cls: type[Criterion]) -> tuple[str, ...]:
    if cls is ask.WeightFresh:
        return ("not_older_than",)
    return BOUNDS if cls in (ask.WithinTime, ask.Measured, ask.AgeAt) else ()


def _lacks_number(cls: type[Criterion], own: Fields) -> bool:
    if cls is ask.WeightFresh:
        return own["not_older_than"] is None
    return isinstance(own.get("limit"), Limit) and not bounds(own["limit"])
