"""A new study is asked for field by field, and stopping loses nothing."""

from datetime import date
from pathlib import Path

import pytest

from cordula.evidence.adding import DRAFT, Field, add
from cordula.evidence.everything import problems_of_file
from cordula.evidence.library import load

DAY = date(2026, 11, 22)
SAID = {
    "name": "Example",
    "title": 'A “small” "open" study',
    "phase": "1",
    "design": "controlled",
    "population": "single_ventricle",
    "cells": "cord_blood_mnc",
    "origin": "autologous",
    "route": "intramyocardial",
    "state": "published",
    "numbers": "read",
    "who": "Infants",
    "timing": "stage 2",
    "label": "Journal 2020",
    "read": "abstract",
    "standing": "seen",
    "pmid": "10000000",
    "words": "An arm",
    "n": "10",
    "months": "12",
    "flag": "seen",
    "mean": "−2.0",
    "spread": "4.0",
    "spread_is": "sd",
}


class Person:
    """Answers from a list; stops where told."""

    def __init__(self, measures: list[str], stop_at: int | None = None) -> None:
        self.measures = iter(measures)
        self.asked: list[str] = []
        self.stop_at = stop_at

    def __call__(self, field: Field, fault: str | None) -> str:
        if self.stop_at is not None and len(self.asked) == self.stop_at:
            raise KeyboardInterrupt
        self.asked.append(field.key)
        return next(self.measures) if field.key == "measure" else SAID.get(field.key, "")


def test_what_was_answered_becomes_a_file_that_is_in_order(tmp_path: Path) -> None:
    path = add(tmp_path, "example", DAY, Person(["rvef_change", ""]))
    assert problems_of_file(path) == []
    study = load(tmp_path)["example"]
    assert study.title == SAID["title"]
    assert [str(arm.mean) for arm in study.results[0].arms] == ["-2.0", "-2.0"]
    assert not list(tmp_path.glob(f"*{DRAFT}"))


def test_stopping_at_any_field_loses_nothing(tmp_path: Path) -> None:
    whole = Person(["rvef_change", ""])
    expected = add(tmp_path, "whole", DAY, whole).read_text(encoding="utf-8")
    for stop_at in (1, 9, 20, len(whole.asked) - 1):
        first = Person(["rvef_change", ""], stop_at)
        with pytest.raises(KeyboardInterrupt):
            add(tmp_path, "example", DAY, first)
        left = ["rvef_change", ""][first.asked.count("measure") :]
        second = Person(left)
        path = add(tmp_path, "example", DAY, second)
        assert first.asked + second.asked == whole.asked
        assert path.read_text(encoding="utf-8") == expected.replace("whole", "example")


def test_an_answer_that_cannot_be_is_asked_for_again() -> None:
    design = Field("design", "Design", ("controlled", "cohort"))
    assert design.fault("") == "an answer is needed"
    assert design.fault("blinded") == "one of controlled, cohort is needed"
    assert design.fault("cohort") is None
    number = Field("mean", "Mean", optional=True, number=True)
    assert number.fault("7,8") == "“7,8” is not a plain number such as 7.8"
    assert number.fault("") is None


def test_a_wrong_answer_is_said_and_not_kept(tmp_path: Path) -> None:
    faults: list[str | None] = []
    answers = iter(["", "Example"])

    def ask(field: Field, fault: str | None) -> str:
        faults.append(fault)
        if len(faults) > 2:
            raise KeyboardInterrupt
        return next(answers)

    with pytest.raises(KeyboardInterrupt):
        add(tmp_path, "example", DAY, ask)
    assert faults == [None, "an answer is needed", None]
    assert (tmp_path / f"example{DRAFT}").read_text(
        encoding="utf-8"
    ) == '"study.name" = "Example"\n'
