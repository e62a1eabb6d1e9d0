"""`cordula heart` with all its commands: the circulation itself, the questions about it, and many infants."""

from cordula.cli.heart import heart
from cordula.cli.heart_cohort import cohort
from cordula.cli.heart_questions import QUESTIONS

__all__ = ["heart"]

for question in (*QUESTIONS, cohort):
    heart.add_command(question)
