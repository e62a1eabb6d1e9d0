"""Which results does the world still owe us, or we have not read? Each with the day somebody last looked."""

from django.utils.translation import gettext as _

from cordula.vocabulary.words import _ as core
from cordula_web.clinic.evidence import numbers, released
from cordula_web.clinic.evidence.sources import page_of
from cordula_web.clinic.evidence.study_lines import written_day
from cordula_web.frame.parts import Table, TableCell, TableRow


def waiting() -> Table:
    """The largest first; where its size was not read, by name."""
    rows = sorted(released.newest()["waiting"], key=lambda one: (-(one["size"] or 0), one["name"]))
    told = [
        TableRow(
            (
                TableCell(one["name"], core(one["title"]), page_of(one["study"])),
                TableCell(numbers.children(one["size"])),
                TableCell(core(one["words"])),
                TableCell(written_day(one["looked_on"])),
            )
        )
        for one in rows
    ]
    heads = (_("Study"), _("Children"), _("Its numbers"), _("Last looked"))
    empty = _("Nothing is awaited and everything published was read.")
    return Table(_("Awaited, or not read"), heads, told, empty).named()
