"""What does a reader see when there is no page to show?

An address nobody knows and a record of another site answer alike, so that nothing can be learned by asking.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "400.html", status=400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"why": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    # Rendered without the request: whatever broke may break again in what the page would ask of it.
    return HttpResponse(render_to_string("500.html"), status=500)
