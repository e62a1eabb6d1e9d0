"""Which addresses belong to this room?"""

from django.urls import path

from cordula_web.laboratory import bench
from cordula_web.laboratory.counting import views as counting
from cordula_web.laboratory.release import views as release
from cordula_web.laboratory.scanning import views as scanning

app_name = "laboratory"
urlpatterns = [
    path("bench", bench.bench, name="bench"),
    path("bench/badge", bench.badge, name="badge"),
    path("scan", scanning.scan, name="scan"),
    path("freezer/scan", scanning.scan_in_storage, name="scan_in_storage"),
    path("unit/<str:din>/count", counting.count, name="count"),
    path("unit/<str:din>/count/sums", counting.count_sums, name="count_sums"),
    path("unit/<str:din>/release", release.release, name="release"),
]
