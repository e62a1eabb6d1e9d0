"""The cases of a protocol: small tables, facts in and finding out, that a nurse can read and a machine runs."""

from cordula.protocols.cases.checking import CaseReport, check
from cordula.protocols.cases.table import Case, gaps, read_cases

__all__ = ["Case", "CaseReport", "check", "gaps", "read_cases"]
