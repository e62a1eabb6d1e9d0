"""Where was it read? The list at the foot of the page."""

from collections.abc import Iterator

from cordula.decision_aid.aid import Reference
from cordula.evidence.table import Table


def read_references(root: Table) -> Iterator[Reference]:
    for table in root.tables("references"):
        yield Reference(
            key=table.text("key"),
            words=table.text("words"),
            url=table.text_or_none("url"),
            doi=table.text_or_none("doi"),
        )
        table.done()
