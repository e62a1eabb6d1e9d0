"""Which addresses belong to this room?"""

from django.urls import URLPattern, path

from cordula_web.laboratory import bench, incoming
from cordula_web.laboratory.counting import views as counting
from cordula_web.laboratory.deeds import choosing
from cordula_web.laboratory.deeds.deed import Deed
from cordula_web.laboratory.deeds.every import DEEDS, WORDS, page_name
from cordula_web.laboratory.deeds.views import page_of
from cordula_web.laboratory.deviations import views as deviations
from cordula_web.laboratory.labelling import listed
from cordula_web.laboratory.labelling import views as labelling
from cordula_web.laboratory.release import views as release
from cordula_web.laboratory.scanning import views as scanning
from cordula_web.laboratory.storing import opening
from cordula_web.laboratory.storing import views as storing

app_name = "laboratory"


def _deed(word: str, deed: type[Deed]) -> URLPattern:
    name = page_name(word)
    return path(f"unit/<str:din>/{WORDS.get(word, word)}", page_of(deed, name), name=name)


urlpatterns = [
    path("bench", bench.bench, name="bench"),
    path("bench/badge", bench.badge, name="badge"),
    path("labels", listed.every_label, name="every_label"),
    path("incoming", incoming.incoming, name="incoming"),
    path("scan", scanning.scan, name="scan"),
    path("freezer/scan", scanning.scan_in_storage, name="scan_in_storage"),
    path("freezer", storing.freezer, name="freezer"),
    path("freezer/open", opening.open_place, name="open_place"),
    path("freezer/<str:place>", storing.place, name="place"),
    path("freezer/<str:place>/excursion", storing.excursion, name="excursion"),
    path("freezer/<str:place>/review", storing.review, name="review_excursion"),
    path("deviation", deviations.deviations, name="deviations"),
    path("deviation/<str:number>", deviations.deviation, name="deviation"),
    path("unit/<str:din>/count", counting.count, name="count"),
    path("unit/<str:din>/count/sums", counting.count_sums, name="count_sums"),
    path("unit/<str:din>/release", release.release, name="release"),
    path("unit/<str:din>/labels", labelling.labels, name="labels"),
    path("unit/<str:din>/labels/<str:which>", labelling.label, name="label"),
    path("unit/<str:din>/labels/<str:which>/scan", labelling.scan_back, name="scan_label"),
    path("unit/<str:din>/more", choosing.deeds, name="deeds"),
    *(_deed(word, deed) for word, deed in DEEDS.items()),
]
