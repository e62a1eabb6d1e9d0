"""Which addresses belong to this room?"""

from django.urls import path

from cordula_web.clinic import child_views, list_views, unit_views
from cordula_web.clinic.child_page import FORMS
from cordula_web.clinic.circulation.views import child_circulation, circulation
from cordula_web.clinic.course_views import page_of
from cordula_web.clinic.evidence.urls import urlpatterns as evidence
from cordula_web.clinic.theatre_urls import urlpatterns as theatre

app_name = "clinic"
urlpatterns = [
    path("circulation", circulation, name="circulation"),
    path("unit", list_views.units, name="units"),
    path("child", list_views.children, name="children"),
    path("unit/<str:din>", unit_views.unit, name="unit"),
    path("unit/<str:din>/record", unit_views.unit_record, name="unit_record"),
    path("child/<str:infant>", child_views.child, name="child"),
    path("child/<str:infant>/record", child_views.child_record, name="child_record"),
    path("child/<str:infant>/circulation", child_circulation, name="child_circulation"),
    *(path(f"child/<str:infant>/{form.page}", page_of(form), name=form.page) for form in FORMS),
    *theatre,
    *evidence,
]
