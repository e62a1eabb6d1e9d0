"""Which diagnoses, operations, routes, consents and reasons can be recorded, and in what words?"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from cordula.vocabulary.catalogue import Code, UnknownWord, read_code, read_table


class UnknownDiagnosis(UnknownWord):
    """No diagnosis has this key."""


class UnknownTerm(UnknownWord):
    """No operation, route, consent or reason has this key."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One heart defect, with its codes in as many systems as were found."""

    key: str
    label: str
    codes: tuple[Code, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One word to choose from a short list: the label as people read it, and the standard name."""

    key: str
    label: str
    name: str
    source: str = ""


@cache
def diagnoses() -> Mapping[str, Diagnosis]:
    table = _table()
    return MappingProxyType(
        {
            key: Diagnosis(key, row["label"], _codes(row["codes"], table["systems"]))
            for key, row in table["diagnoses"].items()
        }
    )


def operations() -> Mapping[str, Term]:
    return _terms("operations")


def routes() -> Mapping[str, Term]:
    return _terms("routes")


def consent_scopes() -> Mapping[str, Term]:
    return _terms("consent_scopes")


def refusal_reasons() -> Mapping[str, Term]:
    """Why a unit is refused."""
    return _terms("refusal_reasons")


def stop_reasons() -> Mapping[str, Term]:
    """Why a collection was stopped."""
    return _terms("stop_reasons")


def diagnosis(key: str) -> Diagnosis:
    found = diagnoses().get(key)
    if found is None:
        raise UnknownDiagnosis(key, "a diagnosis", diagnoses())
    return found


def operation(key: str) -> Term:
    return _term(key, "an operation", operations())


def route(key: str) -> Term:
    return _term(key, "a route", routes())


def consent_scope(key: str) -> Term:
    return _term(key, "a consent scope", consent_scopes())


def refusal_reason(key: str) -> Term:
    return _term(key, "a reason for refusing a unit", refusal_reasons())


def stop_reason(key: str) -> Term:
    return _term(key, "a reason for stopping a collection", stop_reasons())


def _term(key: str, what: str, known: Mapping[str, Term]) -> Term:
    if key not in known:
        raise UnknownTerm(key, what, known)
    return known[key]


@cache
def _terms(section: str) -> Mapping[str, Term]:
    rows = _table()[section].items()
    return MappingProxyType({key: _read_term(key, row) for key, row in rows})


def _read_term(key: str, row: Mapping[str, str]) -> Term:
    return Term(key, row["label"], row.get("name", row["label"]), row.get("source", ""))


def _codes(rows: list[dict[str, Any]], systems: Mapping[str, str]) -> tuple[Code, ...]:
    return tuple(read_code({**row, "system": systems[row["system"]]}) for row in rows)


@cache
def _table() -> dict[str, Any]:
    return read_table("cardiac.toml")
