"""What does every page that shows the record say of itself: as of which entry, and who printed it?"""

from datetime import datetime

from cordula_web.frame import squares
from cordula_web.frame.parts import AsOf, Printed
from cordula_web.people.acting import ActingRequest
from cordula_web.records import queries


def standing(request: ActingRequest, now: datetime) -> dict[str, object]:
    """For the foot of the page, for its stale strip and for its head on paper."""
    newest = queries.as_of()
    url = request.build_absolute_uri(request.path)
    printed = Printed(request.acting.printed_name, now, url, squares.data_matrix(url))
    return {"as_of": AsOf(newest.index, now), "printed": printed}
