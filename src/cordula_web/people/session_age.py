"""Has this session gone on too long? 30 minutes without a request, or 12 hours in all, end it."""

from collections.abc import Callable
from time import time

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase

BEGAN, SEEN = "session_began", "session_seen"
# The moment of the last request is written at most this often, so that reading a page is not a write.
WRITTEN_EVERY_S = 60


class SessionAge:
    """Ends a session that is too old, before any page sees who is in it."""

    def __init__(
        self,
        get_response: Callable[[HttpRequest], HttpResponseBase],
        clock: Callable[[], float] = time,
    ) -> None:
        self.get_response = get_response
        self.clock = clock

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            self._age(request, self.clock())
        return self.get_response(request)

    def _age(self, request: HttpRequest, now: float) -> None:
        began = request.session.setdefault(BEGAN, now)
        seen = request.session.setdefault(SEEN, now)
        if is_over(now, began, seen):
            logout(request)
        elif now - seen > WRITTEN_EVERY_S:
            request.session[SEEN] = now


def is_over(now: float, began: float, seen: float) -> bool:
    idle, whole = now - seen, now - began
    return idle > settings.SESSION_IDLE_S or whole > settings.SESSION_WHOLE_S
