"""What does the whole record of a unit show this reader?"""

from typing import Any

from django.utils.translation import gettext as _

from cordula.vocabulary.identifiers import UnitId, stream_of
from cordula_web.clinic.entries import entries, reading_for
from cordula_web.clinic.looked_up import UnitSeen
from cordula_web.clinic.unit_page import title, top
from cordula_web.clinic.unit_tables import tables
from cordula_web.frame.addresses import address
from cordula_web.records import queries


def unit_record_page(seen: UnitSeen) -> dict[str, Any]:
    stream = stream_of(UnitId(str(seen.unit.id)))
    recorded = queries.history(stream, site=seen.acting.site.site_id)
    reading = reading_for(seen.acting, seen.unit.events)
    return {
        **top(seen),
        "title": title(seen, _("the whole record")),
        "unit_url": address("clinic:unit", {"din": seen.din}),
        "tables": tables(seen.unit, reading),
        "entries": entries(recorded, seen.unit, stream, reading),
    }
