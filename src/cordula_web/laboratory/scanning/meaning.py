"""What was scanned? By its first characters, and by the structures of ISBT 128; nothing is looked up here."""

from dataclasses import dataclass

from cordula.labels.din import Din, read_typed_din
from cordula.labels.errors import LabelError
from cordula.labels.product import ProductCode
from cordula.labels.scan import SYMBOLOGY, Scan, scan
from cordula.vocabulary.identifiers import DinNumber, NotAnIdentifier, ProductKey

BADGE, PLACE, COMMAND = "BDG:", "LOC:", "CMD:"
KINDS = {BADGE: "badge", PLACE: "place", COMMAND: "command"}


@dataclass(frozen=True, slots=True)
class Heard:
    """One scan: its kind, and what it names. `why` says what is wrong with a label that cannot be read."""

    kind: str  # badge, place, command, bag, preview, other, unknown
    name: str = ""
    din: str = ""
    product: ProductKey | None = None
    why: str = ""


def heard(raw: str) -> Heard:
    text = SYMBOLOGY.sub("", raw.strip(), count=1) if raw.strip().startswith("]") else raw.strip()
    if not text:
        return Heard("unknown")
    for prefix, kind in KINDS.items():
        if text.upper().startswith(prefix):
            return Heard(kind, text[len(prefix) :].strip().lower())
    if text.upper().startswith("PREVIEW"):
        return Heard("preview")
    if text.startswith(("=", "&")):
        return _label(text)
    return _typed(text)


def _label(text: str) -> Heard:
    """A scanner with caps lock the wrong way round sends small letters, which no label prints in a number."""
    try:
        found = _scan(text)
    except LabelError as error:
        return Heard("unknown", why=str(error))
    din = next((s for s in found.structures if isinstance(s, Din)), None)
    if din is None:
        return Heard("other", ", ".join(structure.name for structure in found.structures))
    code = next((s for s in found.structures if isinstance(s, ProductCode)), None)
    return Heard("bag", din=din.number, product=_product(din, code))


def _scan(text: str) -> Scan:
    try:
        return scan(text)
    except LabelError as first:
        try:
            return scan(text.upper())
        except LabelError:
            raise first from None


def _product(din: Din, code: ProductCode | None) -> ProductKey | None:
    if code is None:
        return None
    try:
        return ProductKey(
            DinNumber(din.number), code.description_code, code.division, code.collection_type or "0"
        )
    except NotAnIdentifier:
        return None


def _typed(text: str) -> Heard:
    """A number typed from the label comes with its boxed check character, or it may be a slip of the hand."""
    try:
        return Heard("bag", din=read_typed_din(text.upper()).number)
    except LabelError as error:
        plain = text.replace(" ", "").upper()
        typed = plain[:1].isalnum() and plain[1:3].isdigit() and len(plain) >= len("A999926123456")
        return Heard("unknown", why=str(error) if typed else "")
