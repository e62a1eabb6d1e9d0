"""Answers, studies, claims and facts as plain values: what `--json` prints and a snapshot holds."""

from typing import Any

from cordula.evidence.answer import Answer
from cordula.evidence.claims import Claim, Saying
from cordula.evidence.facts import Fact
from cordula.evidence.plain import plain
from cordula.evidence.study import Source, Study
from cordula.evidence.words import in_words, measure

# A key of a study, and the closed list that has its words.
LISTS = {
    "design": "designs",
    "population": "populations",
    "cells": "cells",
    "origin": "origins",
    "route": "routes",
    "state": "states",
    "numbers": "numbers",
}


def answer_values(answer: Answer) -> dict[str, Any]:
    asked = answer.asked
    told = plain(answer)
    del told["asked"]
    inputs = [
        {**{k: v for k, v in one.items() if k != "y"}, "scale_estimate": one["y"]}
        for one in told["inputs"]
    ]
    head = {
        "question": asked.id,
        "words": asked.words,
        "measure": asked.measures[0],
        "measure_words": measure(asked.measures[0]).words,
        "unit": asked.unit,
        "effect": asked.effect,
        "arm": asked.arm,
        "better": asked.better,
        "scale": asked.scale,
        "compares": asked.compares,
        "tau_why": asked.tau.why,
    }
    return {**told, **head, "inputs": inputs}


def study_values(study: Study) -> dict[str, Any]:
    told = plain(study)
    words = {f"{key}_words": in_words(name, told[key]) for key, name in LISTS.items()}
    told["results"] = [
        {
            **one,
            "source": result.source.key,
            "citation": result.source.citation,
            "measure_words": measure(result.measure).words,
            "unit": measure(result.measure).unit,
            "flag_words": in_words("flags", result.flag),
            "direction_words": result.direction and in_words("directions", result.direction),
        }
        for one, result in zip(told["results"], study.results, strict=True)
    ]
    told["sources"] = {key: source_values(one) for key, one in study.sources.items()}
    return {**told, **words, "size": study.size}


def source_values(source: Source) -> dict[str, Any]:
    return {**plain(source), "citation": source.citation}


def waiting_values(study: Study) -> dict[str, Any]:
    return {
        "study": study.id,
        "name": study.name,
        "title": study.title,
        "registry": list(study.registry),
        "numbers": study.numbers,
        "words": in_words("numbers", study.numbers),
        "looked_on": study.looked_on.isoformat(),
        "size": study.size,
    }


def claim_values(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.id,
        "words": claim.words,
        "verdict": claim.verdict,
        "verdict_words": claim.verdict_words,
        "short": claim.short,
        "for": [_saying(one) for one in claim.said_for],
        "against": [_saying(one) for one in claim.said_against],
        "missing": list(claim.missing),
        "would_change": claim.would_change,
        "checked_on": claim.checked_on.isoformat(),
    }


def _saying(one: Saying) -> dict[str, Any]:
    return {"study": one.study, "fact": one.fact, "name": one.name, "says": one.says}


def fact_values(fact: Fact) -> dict[str, Any]:
    told = plain(fact)
    values = [{k: v for k, v in one.items() if v is not None} for one in told["values"]]
    source = source_values(fact.source)
    return {**told, "values": values, "source": source, "flag_words": in_words("flags", fact.flag)}
