"""The beginning of a protocol file: what it is, what it rests on, and the parts of the way it describes."""

from cordula.protocols.file import known
from cordula.protocols.file.kinds import Fields
from cordula.protocols.file.table import Table
from cordula.protocols.protocol import Source, Stage
from cordula.vocabulary.cardiac import operations
from cordula.vocabulary.identifiers import NotAnIdentifier, ProtocolId
from cordula.vocabulary.words import _


def read_head(table: Table) -> Fields:
    """The [protocol] table."""
    fields = {
        "id": table.text("id"),
        "version": table.text("version"),
        "title": table.text("title"),
        "registry": table.texts("registry", ()),
        "reconstruction": table.flag("reconstruction"),
        "practice": table.flag("practice"),
        "product": table.text("product"),
        "origin": table.word("origin", lambda: known.ORIGINS, _("an origin of cells")),
        "operation": table.word("operation", operations, _("an operation")),
        "notes": table.texts("notes", ()),
    }
    if (fields["reconstruction"] or fields["practice"]) and not fields["notes"]:
        table.tell(_("a reconstruction or practice protocol says so in its notes"))
    _check_id(table, str(fields["id"]))
    table.done()
    return fields


def _check_id(table: Table, name: str) -> None:
    """The ledger names a protocol by its id."""
    try:
        ProtocolId(name or "none")
    except NotAnIdentifier as fault:
        table.tell_whole(str(fault), "id")


def read_sources(root: Table) -> dict[str, Source]:
    """Every [sources.<id>]."""
    found = {}
    for name, table in root.named_tables("sources"):
        found[name] = Source(
            id=name,
            title=table.text("title"),
            url=table.text("url", ""),
            read_on=table.text("read_on", ""),
            standing=table.word("standing", lambda: known.STANDINGS, _("a standing"), "seen"),
        )
        table.done()
    return found


def read_questions(root: Table) -> dict[str, str]:
    """The words of each questionnaire item, by its key."""
    table = root.table("questions")
    return {key: table.text(key) for key in table.values}


def read_stages(root: Table) -> tuple[Stage, ...]:
    return tuple(_stage(table) for table in root.tables("stages"))


def _stage(table: Table) -> Stage:
    stage = Stage(id=table.text("id"), title=table.text("title"))
    table.done()
    return stage
