"""What may a template never do? Format a value by itself, style or script inline, or fetch from elsewhere.

`cordula.display` decides how values are written, and the content security policy forbids the rest.
"""

import re
from pathlib import Path

_COMMENT = re.compile(r"{#.*?#}|{% comment.*?{% endcomment %}", re.DOTALL)
_FORBIDDEN_FILTER = re.compile(
    r"\|\s*(date|time|floatformat|timesince|timeuntil|intcomma|naturaltime|naturalday"
    r"|filesizeformat|stringformat|localize|truncatechars|truncatewords|safe|safeseq)\b"
)
_FORBIDDEN_TAG = re.compile(r"({%\s*(?:now|autoescape off|localize))\b")
_INLINE = re.compile(r"<style\b|\s(?:style|on[a-z]+)=|https?://(?!www\.w3\.org/)")
_SCRIPT = re.compile(r'<script\b(?![^>]*\b(?:src=|type="application/json"))')


def template_files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("templates/**/*.html"))


def breaches(source: str) -> list[str]:
    """Everything in a template that breaks the rules, as it stands there."""
    text = _COMMENT.sub("", source)
    found = [f"|{name}" for name in _FORBIDDEN_FILTER.findall(text)]
    found += [" ".join(tag.split()) for tag in _FORBIDDEN_TAG.findall(text)]
    found += [inline.strip() for inline in _INLINE.findall(text)]
    found += ["<script> without src" for _ in _SCRIPT.findall(text)]
    return found
