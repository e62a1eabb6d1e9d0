"""Does a label that was scanned back read what it should? The donation and, on a product's label, the product."""

from django.utils.translation import gettext as _

from cordula_web.frame import squares
from cordula_web.laboratory.labelling.content import Content
from cordula_web.records.scanned import read


def fault(content: Content, text: str) -> str:
    """Why this scan is not the label; empty where it is. A wrong label is to be destroyed at once."""
    if squares.PREVIEW in text:
        return _("This is a preview on a screen. Scan the printed label.")
    scanned = read(text)
    if scanned.problem:
        return scanned.problem
    if scanned.din is None:
        return _("Not known here. Scan the square of the printed label.")
    if scanned.din != content.din.number:
        return _("This label is of another donation. Destroy it, and call quality assurance.")
    if content.product is not None and scanned.code is None:
        return _("These bars tell the donation alone. Scan the square of the label.")
    if content.product is not None and scanned.code != content.product:
        return _("This label is of another product. Destroy it, and print the right one.")
    return ""
