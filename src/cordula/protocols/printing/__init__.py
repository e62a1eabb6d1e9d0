"""A protocol and its cases as plain text, for people at a terminal or with a sheet of paper."""

from cordula.protocols.printing.cases import case_tables
from cordula.protocols.printing.describe import describe

__all__ = ["case_tables", "describe"]
