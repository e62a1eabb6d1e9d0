"""Which addresses belong to the evidence?"""

from django.urls import path

from cordula_web.clinic.evidence import views

# A question is named last: “claims”, “study”, “protocol” and “picture” are no questions, and a test looks.
urlpatterns = [
    path("evidence", views.overview, name="evidence"),
    path("evidence/claims", views.claimed, name="evidence_claims"),
    path("evidence/study/<str:study>", views.study, name="evidence_study"),
    path("evidence/protocol/<str:protocol>", views.protocol, name="evidence_protocol"),
    path("evidence/picture/<str:name>.svg", views.picture, name="evidence_picture"),
    path("evidence/<str:question>", views.answer, name="evidence_question"),
    path("evidence/<str:question>/<str:months>", views.answer, name="evidence_answer"),
]
