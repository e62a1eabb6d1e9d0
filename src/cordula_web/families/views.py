"""The pages of this room. None asks who reads, sets a cookie, or needs a script."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cordula.decision_aid.refusal import AidRefused
from cordula_web.families import content, ledger
from cordula_web.families.languages import Language, language_named, spoken, wanted
from cordula_web.people.permissions import public


@public()
def start(request: HttpRequest) -> HttpResponse:
    """The page in the reader's own language, where there is one."""
    language = wanted(request.headers.get("Accept-Language", ""), content.offered(_today()))
    return redirect("families:aid", language=language.code)


@public()
def aid(request: HttpRequest, language: str) -> HttpResponse:
    read_in = _language_or_404(language)
    with spoken(read_in):
        try:
            page = content.page(read_in, _today())
        except AidRefused as refused:
            return _refused(request, read_in, refused)
        return render(request, "families/aid.html", {"page": page, **_around(read_in)})


@public()
def pdf(request: HttpRequest, language: str) -> HttpResponse:
    """The same page on paper."""
    read_in = _language_or_404(language)
    with spoken(read_in):
        try:
            written = content.paper(read_in, _today())
        except AidRefused as refused:
            return _refused(request, read_in, refused)
        named = {"Content-Disposition": f'inline; filename="cord-blood-{read_in.code}.pdf"'}
        return HttpResponse(written, content_type="application/pdf", headers=named)


@public()
def claims(request: HttpRequest, language: str) -> HttpResponse:
    """What is commonly claimed for these cells, and what the studies say."""
    read_in = _language_or_404(language)
    with spoken(read_in):
        return render(
            request, "families/claims.html", {"claims": ledger.claims(), **_around(read_in)}
        )


def _around(language: Language) -> dict[str, object]:
    return {"language": language, "languages": content.offered(_today())}


def _refused(request: HttpRequest, language: Language, refused: AidRefused) -> HttpResponse:
    told = {"problems": refused.problems, **_around(language)}
    return render(request, "families/refused.html", told, status=503)


def _language_or_404(code: str) -> Language:
    found = language_named(code)
    if found is None:
        raise Http404
    return found


def _today() -> date:
    return timezone.now().date()
