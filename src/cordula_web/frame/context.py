"""What does every page know without being told: its theme, and whether the site is for practice?"""

from django.conf import settings
from django.http import HttpRequest

from cordula_web.frame.theme import chosen_theme


def page(request: HttpRequest) -> dict[str, object]:
    return {"theme": chosen_theme(request), "practice": settings.PRACTICE}
