"""Can the parents' page be shown? Said when the site starts, with file and line, before a parent asks."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django.utils import timezone

from cordula.decision_aid.refusal import AidRefused
from cordula_web.families.content import page
from cordula_web.families.languages import languages, spoken


@register()
def parents_page(app_configs: Sequence[Any] | None, **kwargs: Any) -> list[CheckMessage]:
    found: dict[str, CheckMessage] = {}
    for language in languages():
        with spoken(language):
            try:
                page(language, timezone.now().date())
            except AidRefused as refused:
                found |= {str(p): Error(str(p), id="families.E001") for p in refused.problems}
    return list(found.values())
