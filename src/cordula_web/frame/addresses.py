"""Where is the page of this name, if it is built yet? A link that leads nowhere is never drawn."""

from django.urls import NoReverseMatch, reverse


def address(name: str, *options: dict[str, str]) -> str:
    """The address under this name with the first of these arguments that fit it; empty where there is none."""
    for arguments in options or ({},):
        try:
            return reverse(name, kwargs=arguments)
        except NoReverseMatch:
            continue
    return ""
