"""How is a label said in ZPL II, the language of most label printers? Text in, text out; bars are drawn by the printer.

Laid out for 100 × 90 mm at 8 dots a millimetre (203 dpi): Zebra, *ZPL II Programming Guide*, `^BC`, `^BX`, `^FO`.
"""

from collections.abc import Iterator
from datetime import tzinfo

from cordula import display
from cordula_web.laboratory.labelling.content import Content

LINE = 32  # dots from one line of text to the next
_UNSAFE = str.maketrans({"^": " ", "~": " ", "\\": " "})


def zpl(content: Content, copies: int, zone: tzinfo) -> str:
    """One label format; `^PQ` prints it so many times."""
    return "\n".join(("^XA", "^CI28", *_fields(content, zone), f"^PQ{copies}", "^XZ", ""))


def _fields(content: Content, zone: tzinfo) -> Iterator[str]:
    yield _bars(30, 30, content.din.format())
    yield _text(30, 150, content.din.eye_readable, 40)
    yield _text(30, 200, content.facility)
    yield f"^FO600,30^BXN,6,200^FD{content.square}^FS"
    if content.product is not None:
        yield _bars(30, 380, content.product.format())
    below = [content.name, *content.lines, *_collected(content, zone)]
    for number, words in enumerate(below):
        yield _text(30, 500 + number * LINE, words)
    for number, words in enumerate(filter(None, (content.use, content.warning))):
        yield _text(430, 260 + number * LINE, words, 24)
    if content.practice:
        yield _text(120, 300, "SPECIMEN", 120)


def _collected(content: Content, zone: tzinfo) -> Iterator[str]:
    if content.collected is not None:
        yield display.clin_datetime(content.collected, zone)


def _bars(left: int, top: int, code: str) -> str:
    return f"^FO{left},{top}^BY2^BCN,100,N,N,N,A^FD{code}^FS"


def _text(left: int, top: int, words: str, height: int = 28) -> str:
    """Words as they are: the characters that command the printer are taken out."""
    return f"^FO{left},{top}^A0N,{height}^FD{words.translate(_UNSAFE)}^FS"
