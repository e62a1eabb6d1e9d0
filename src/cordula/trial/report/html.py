"""The report as one file of HTML: nothing is fetched, nothing runs, and it prints."""

from collections.abc import Iterator
from html import escape

from cordula.trial.report.document import Document, Section, Table

STYLE = """
:root { color: #10222a; background: #fff; font: 16px/1.5 "IBM Plex Sans", "Noto Sans", Arial, sans-serif; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem; font-variant-numeric: tabular-nums; }
.mark { border: 2px solid #10222a; padding: .4rem .8rem; font-weight: 600; }
.mark.closed { background: #10222a; color: #fff; }
.lead { font-size: 1.1rem; max-width: 60ch; }
h1 { line-height: 1.2; } h2 { margin-top: 2.5rem; border-top: 1px solid #d3dbdd; padding-top: 1rem; }
.warning { border-left: 6px solid #714600; background: #fdf3e0; padding: .6rem 1rem; }
table { border-collapse: collapse; margin: 1rem 0; } caption { text-align: start; font-weight: 600; }
th, td { border-bottom: 1px solid #d3dbdd; padding: .35rem 1rem .35rem 0; text-align: start; vertical-align: top; }
td { overflow-wrap: anywhere; } thead th { color: #42555e; font-weight: 500; }
figure { margin: 1rem 0; } figure svg { max-width: 100%; height: auto; } .wide { overflow-x: auto; }
@media print { h2 { break-after: avoid; } figure, tr { break-inside: avoid; } }
"""


def html(document: Document) -> str:
    """The whole file."""
    return "\n".join(_lines(document)) + "\n"


def _lines(document: Document) -> Iterator[str]:
    title = f"{escape(document.title)} – {document.kind}"
    yield '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>"
    yield f'<p class="mark {document.kind}">{escape(document.mark)}</p>'
    yield f'<h1>{escape(document.title)}</h1>\n<p class="lead">{escape(document.lead)}</p>'
    yield from _table(Table("Made from", ("What", "Value"), document.facts))
    for section in document.sections:
        yield from _section(section)
    yield "</main>\n</body>\n</html>"


def _section(section: Section) -> Iterator[str]:
    yield f"<section>\n<h2>{escape(section.heading)}</h2>"
    for text in section.warnings:
        yield f'<p class="warning"><b>Warning.</b> {escape(text)}</p>'
    for text in section.said:
        yield f"<p>{escape(text)}</p>"
    if section.figure is not None:
        picture = section.figure.svg[section.figure.svg.index("<svg") :]
        caption = escape(section.figure.description)
        yield f"<figure>\n{picture}\n<figcaption>{caption}</figcaption>\n</figure>"
    for table in section.tables:
        yield from _table(table)
    yield "</section>"


def _table(table: Table) -> Iterator[str]:
    yield f'<div class="wide" tabindex="0" role="region" aria-label="{escape(table.caption)}"><table>'
    note = f"<br><small>{escape(table.note)}</small>" if table.note else ""
    yield f"<caption>{escape(table.caption)}{note}</caption>"
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads)
    yield f"<thead><tr>{heads}</tr></thead>\n<tbody>"
    for first, *rest in table.rows:
        cells = "".join(f"<td>{escape(cell)}</td>" for cell in rest)
        yield f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
    yield "</tbody></table></div>"
