"""Which units does a deviation concern? Found by the number people call it by."""

from django.db import connection

from cordula.vocabulary.identifiers import SiteId
from cordula_web.records.models import UnitCard

_UNITS = """
SELECT DISTINCT split_part(s.stream, ':', 2)
FROM entry e JOIN entry_subject s USING (index)
WHERE e.type = 'Deviated' AND e.site = %s AND s.stream LIKE 'unit:%%'
  AND upper(convert_from(e.data, 'UTF8')::jsonb -> 'body' ->> 'number') = %s
"""


def units_of_deviation(site: SiteId, number: str) -> list[UnitCard]:
    """The units of the deviation with this number, in the order of their donation numbers."""
    with connection.cursor() as cursor:
        cursor.execute(_UNITS, [str(site), number.strip().upper()])
        names = [name for (name,) in cursor.fetchall()]
    return list(UnitCard.objects.filter(site=str(site), unit__in=names).order_by("din"))
