"""A report into a folder: HTML, PDF, and each picture with its table."""

from datetime import datetime
from pathlib import Path

from cordula.trial.report.document import Document
from cordula.trial.report.html import html
from cordula.trial.report.pdf import pdf


def write(document: Document, folder: Path, made: datetime) -> tuple[Path, ...]:
    """The files that were written; the folder is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    page, paper = folder / f"{document.name}.html", folder / f"{document.name}.pdf"
    page.write_text(html(document), encoding="utf-8")
    paper.write_bytes(pdf(document, made))
    pictures = [one.figure.write(folder) for one in document.sections if one.figure is not None]
    return (page, paper, *(path for pair in pictures for path in pair))
