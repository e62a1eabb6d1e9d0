"""The page of the three explanations, for anybody."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cordula_web.families.heart.told import told
from cordula_web.families.languages import language_named, languages, spoken
from cordula_web.people.permissions import public


@public()
def heart(request: HttpRequest, language: str) -> HttpResponse:
    """How the operations, the oxygen and the ejection fraction go together."""
    read_in = language_named(language)
    if read_in is None:
        raise Http404
    with spoken(read_in):
        shown = {"told": told(), "language": read_in, "languages": languages()}
        return render(request, "families/heart.html", shown)
