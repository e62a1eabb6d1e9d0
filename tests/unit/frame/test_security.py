"""Are the pages of a signed-in reader kept out of every cache?"""

from types import SimpleNamespace

from django.http import HttpRequest, HttpResponse

from cordula_web.frame.security import HEADERS, HeadersMiddleware


def answer(*, signed_in: bool) -> HttpResponse:
    request = HttpRequest()
    request.user = SimpleNamespace(is_authenticated=signed_in)  # type: ignore[assignment]
    return HeadersMiddleware(lambda _: HttpResponse())(request)


def test_a_page_for_somebody_signed_in_is_never_stored() -> None:
    assert answer(signed_in=True).headers["Cache-Control"] == "no-store"


def test_a_page_for_anybody_may_be_stored() -> None:
    assert "Cache-Control" not in answer(signed_in=False).headers


def test_every_header_is_on_every_answer() -> None:
    headers = answer(signed_in=False).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS
