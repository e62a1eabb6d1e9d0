"""How a browser fills in and sends back a form of the laboratory."""

import re
from typing import Any


def plain(page: Any) -> str:
    """The words of a page, as they are read."""
    text = re.sub(r"<[^>]+>", " ", page.content.decode())
    return re.sub(r"\s+", " ", text).replace("\xa0", " ").replace("&#x27;", "'")


def hidden(page: Any, at: str = 'name="key"') -> dict[str, str]:
    """The hidden fields of the form around this text."""
    text = page.content.decode()
    form = text[text.rindex("<form", 0, text.index(at)) :].partition("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))


def send(browser: Any, address: str, to: str = "", **fields: Any) -> Any:
    """Open the page, fill in its form, and send it."""
    given = {name.replace("__", "-"): value for name, value in fields.items()}
    return browser.post(to or address.partition("?")[0], {**hidden(browser.get(address)), **given})
