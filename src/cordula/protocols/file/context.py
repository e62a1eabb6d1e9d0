"""What a table may refer to elsewhere in its protocol: the sources, and the questions of its questionnaires."""

from collections.abc import Mapping
from dataclasses import dataclass

from cordula.protocols.file.table import Table
from cordula.protocols.protocol import Source
from cordula.vocabulary.words import _


@dataclass(frozen=True, slots=True)
class Context:
    sources: Mapping[str, Source]
    questions: Mapping[str, str]

    def source(self, table: Table, *, needed: bool = True, otherwise: str = "") -> str:
        """Where the numbers of a table come from; `otherwise` says what may stand in its place."""
        name = table.text("source", "")
        if name and name not in self.sources:
            table.unknown(name, _("listed in [sources]"), self.sources, "source")
        elif not name and needed:
            says = _("{what} has no source: name one of [sources]{otherwise}")
            what = table.values.get("id", table.name)
            table.tell(says.format(what=what, otherwise=otherwise))
        return name
