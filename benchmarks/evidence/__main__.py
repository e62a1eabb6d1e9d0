"""The table of this folder's ratios."""

from benchmarks.__main__ import _circumstances, _table
from benchmarks.evidence import measure

print(f"{_table(measure())}\n\n{_circumstances()}")
