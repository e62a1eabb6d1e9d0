"""What is printed on the day sheet, so that paper is a witness too? The checkpoint's three lines and signature, as a square."""

from dataclasses import dataclass
from io import BytesIO

import qrcode
from qrcode.image.svg import SvgPathImage

from cordula.ledger import note


@dataclass(frozen=True, slots=True)
class PaperWitness:
    """The three lines for people, the whole note for machines, and the square (SVG) that holds it."""

    lines: tuple[str, str, str]
    note: str
    square: str


def paper_witness(signed: str) -> PaperWitness:
    """The origin, the size and the root of a signed checkpoint, with its square."""
    origin, size, root, *_ = note.parse(signed).text.split("\n")
    return PaperWitness((origin, size, root), signed, _square(signed))


def _square(text: str) -> str:
    drawn = BytesIO()
    qrcode.make(text.encode(), image_factory=SvgPathImage).save(drawn)
    return drawn.getvalue().decode()
