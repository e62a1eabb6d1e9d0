"""Reports: of a simulation, and of the real trial in an open and a closed part; each as page, HTML file and PDF.

document = simulated(design, scenarios, found)     # or open_report(plan, part), closed_report(plan, part)
write(document, folder, made=now)                  # .html, .pdf, and each picture as .svg with its .csv

Inputs, the same everywhere here unless a function says otherwise:

    plan, part: what `monitoring.plan_of` answers, and `open_part` or `closed_part`
    design, scenarios, found: of `simulate`: the design, the truths by name, and what it answered of each
    document: a report, as these functions answer it
    folder, made: where the files go, and the moment written into them, with its time zone"""

from cordula.trial.report.as_drawn import as_drawn
from cordula.trial.report.balance import with_balance
from cordula.trial.report.document import Document, Section, Table
from cordula.trial.report.html import html
from cordula.trial.report.packed import closed_report, open_report
from cordula.trial.report.pdf import pdf
from cordula.trial.report.simulated import simulated
from cordula.trial.report.written import write

__all__ = [
    "Document",
    "Section",
    "Table",
    "as_drawn",
    "closed_report",
    "html",
    "open_report",
    "pdf",
    "simulated",
    "with_balance",
    "write",
]
