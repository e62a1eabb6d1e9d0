"""Which signs stand in a written value, so that it neither breaks over a line nor is misread?"""

from decimal import ROUND_HALF_EVEN, Decimal

NO_BREAK = "\u00a0"
MINUS = "\u2212"


def number(value: Decimal | int) -> str:
    """Plain digits with commas from 1,000, a leading zero and a true minus; never an exponent."""
    written = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    if value == 0:
        return written.lstrip("-")
    return written.replace("-", MINUS)


def short_number(value: Decimal, decimals: int) -> str:
    """Rounded half to even, without trailing zeros.

    A value that is not zero keeps two digits however small it is: rounding must never make a dose vanish.
    """
    places = max(decimals, 1 - value.adjusted()) if value else 0
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN)
    written = number(rounded)
    return written.rstrip("0").rstrip(".") if "." in written else written


def unbroken(text: str) -> str:
    """The same words on one line."""
    return text.replace(" ", NO_BREAK)


def plain(text: str) -> str:
    """The same words with ordinary spaces, for a terminal or a program."""
    return text.replace(NO_BREAK, " ")


def counted(noun: str, amount: int, plural: str | None = None) -> str:
    """“1 vial”, “2 vials”."""
    return f"{number(amount)}{NO_BREAK}{noun if amount == 1 else plural or noun + 's'}"
