"""What must hold before the site may start?"""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from cordula_web.people.deny_by_default import MIDDLEWARE


@register()
def pages_are_denied_by_default(**_: Any) -> list[CheckMessage]:
    if MIDDLEWARE in settings.MIDDLEWARE:
        return []
    return [Error(f"{MIDDLEWARE} must stand in MIDDLEWARE", id="people.E001")]
