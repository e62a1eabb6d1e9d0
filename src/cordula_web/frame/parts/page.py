"""What do the frame, the head of a page and its actions need to be told?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class NavItem:
    label: Text
    url: str
    current: bool = False


@dataclass(frozen=True)
class Reader:
    name: str
    place: Text = ""
    sign_out_url: str = ""


@dataclass(frozen=True)
class AsOf:
    event: int
    at: datetime


@dataclass(frozen=True)
class Printed:
    by: str
    at: datetime
    url: str
    square: str = ""  # a Data Matrix of the address, from frame.squares


@dataclass(frozen=True)
class Link:
    label: Text
    url: str


@dataclass(frozen=True)
class PageHead:
    title: Text
    sub: Text = ""
    crumbs: Sequence[Link] = ()
    din: str = ""
    flags: str = ""


@dataclass(frozen=True)
class Action:
    """A link, or with method "post" a button; kind is "" (the one filled), "two" or "stop"."""

    label: Text
    url: str = ""
    kind: str = ""
    method: str = "get"
    name: str = ""
    value: str = ""
    form: str = ""  # the id of the form a button without address belongs to
    key: str = ""  # F4, F8 or F9
    command: str = ""  # what its command square says, valid on this page only
    icon: str = ""
    size: str = ""
