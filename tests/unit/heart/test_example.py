"""Does the page of the documentation print what it says it prints?"""

import io
import re
from contextlib import redirect_stdout
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[3]
PAGE = PROJECT / "docs" / "heart.md"
BLOCKS = re.findall(r"```(python|text)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
NUMBER = re.compile(r"[+\-−]?\d+(?:\.\d+)?")


def printed() -> list[str]:
    """What each block of Python prints, one after another as in a notebook."""
    names: dict[str, object] = {}
    found = []
    for kind, text in BLOCKS:
        if kind == "python":
            out = io.StringIO()
            with redirect_stdout(out):
                exec(text, names)
            found.append(out.getvalue())
    return found


def test_the_page_prints_what_it_says(monkeypatch):
    monkeypatch.chdir(PROJECT)
    shown = [text for kind, text in BLOCKS if kind == "text"]
    again = printed()

    assert len(shown) == len(again) == 6
    for said, now in zip(shown, again):
        now = "\n".join(line.rstrip() for line in now.splitlines()) + "\n"
        assert NUMBER.sub("#", said) == NUMBER.sub("#", now)
        # A last digit may round the other way on another processor.
        numbers = [float(text.replace("−", "-")) for text in NUMBER.findall(said)]
        recomputed = [float(text.replace("−", "-")) for text in NUMBER.findall(now)]
        assert recomputed == pytest.approx(numbers, rel=0.02, abs=0.02)
