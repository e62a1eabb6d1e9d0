"""The page with the example prints what it says it prints."""

import contextlib
import io
import re
from pathlib import Path

import pytest

from cordula.evidence import pool
from cordula.evidence.reading import read_study
from cordula.evidence.refusal import PoolingRefused

DOCS = Path(__file__).parents[3] / "docs"


def blocks(name: str, kind: str) -> list[str]:
    text = (DOCS / name).read_text(encoding="utf-8")
    return re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL)


def test_the_example_is_run_and_prints_what_stands_below_it() -> None:
    (code,), (expected, *_) = (blocks("evidence-example.md", kind) for kind in ("python", "text"))
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "evidence-example.md", "exec"), {})
    assert out.getvalue() == expected


def test_what_the_page_says_is_refused_is_refused() -> None:
    with pytest.raises(PoolingRefused, match="Sano 2018 and TICAP"):
        pool("rvef-change", at=12, include=["sano-2018"])


def test_the_study_of_the_format_s_page_is_in_order(tmp_path: Path) -> None:
    (text,) = blocks("evidence-format.md", "toml")
    path = tmp_path / "example-2020.toml"
    path.write_text(text, encoding="utf-8")
    study, root = read_study(path)
    assert root.faults.found == []
    assert len(study.results) == 1
