"""What may a browser keep, share or switch on, beyond the content security policy?"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# Nothing in the site needs these; a page that uses the camera asks for it by name in its own view.
SWITCHED_OFF = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "serial",
    "usb",
    "xr-spatial-tracking",
)

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in SWITCHED_OFF),
    # Not "no-referrer": under it a browser posts a form with the origin "null", and every form is refused.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


class HeadersMiddleware:
    """Adds the headers to every answer, and keeps the pages of a signed-in reader out of every cache.

    A page about a child must not come back from the browser's memory after sign-out, nor show
    yesterday's verdict when somebody presses Back.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        if _is_signed_in(request):
            response["Cache-Control"] = "no-store"
        return response


def _is_signed_in(request: HttpRequest) -> bool:
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated)
