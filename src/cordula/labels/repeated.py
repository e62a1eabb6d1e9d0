"""How is a structure read that says in itself how long it is?

Patient number [025], dimensions [029] and red-cell antigens with test history [030] begin with a count of what follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from cordula.labels.layout import Layout, Part

NOTHING_REPEATED = Part("item", "")


@dataclass(frozen=True)
class CountedLayout(Layout):
    """A layout whose own parts end with a count, and what is repeated that many times after them."""

    item: Part = NOTHING_REPEATED

    def whole(self, count: int) -> Layout:
        return _whole(self, count)

    def counted(self, text: str) -> int:
        head = Layout(self.identifier, self.number, self.title, self.parts)
        return int(head.split(text[: self.length])[-1])

    def extent(self, text: str) -> int:
        return self.whole(self.counted(text)).extent(text)

    def split(self, text: str) -> tuple[str, ...]:
        return self.whole(self.counted(text)).split(text)

    def join(self, *values: str) -> str:
        *head, repeated = values
        width = len(self.item.kinds)
        count = f"{len(repeated) // width:0{len(self.parts[-1].kinds)}}"
        return self.whole(int(count)).join(*head, count, repeated)


@lru_cache(maxsize=128)
def _whole(layout: CountedLayout, count: int) -> Layout:
    repeated = Part(layout.item.name, layout.item.kinds * count)
    parts = (*layout.parts, repeated)
    return Layout(layout.identifier, layout.number, layout.title, parts, layout.case_matters)
