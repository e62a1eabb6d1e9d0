"""What do the studies say together? `pool` answers one question at one time.

The estimators stand in `cordula.stats`; this room decides what goes in, and tells what stays out."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal

from cordula.evidence import classical, estimates, posterior
from cordula.evidence.answer import Answer, Input, Pooled
from cordula.evidence.certainty import graded
from cordula.evidence.library import studies
from cordula.evidence.predictive import predictive_prior
from cordula.evidence.questions import Question, question
from cordula.evidence.refusal import PoolingRefused
from cordula.evidence.selection import Selection, refuse_time, select
from cordula.evidence.small_studies import small_studies
from cordula.evidence.study import Study
from cordula.evidence.told import answer_values
from cordula.evidence.wording import told
from cordula.vocabulary.words import said_later


def pool(
    asked: str | Question,
    at: Decimal | int | str | None = None,
    include: Collection[str] = (),
    exclude: Collection[str] = (),
    known: Mapping[str, Study] | None = None,
) -> Answer:
    """The answer to a question of questions.toml at a number of months, by default its first time.

    `include` names studies whose numbers are from memory, from a secondary source or of a subgroup, and that
    shall be pooled all the same; `exclude` names studies to leave out; `known` are the studies, by default
    those that Cordula ships. Raises PoolingRefused where two studies count the same children; Unknown for a
    name that does not exist, NoSuchTime for a time nobody asked about. The answer's `records()` open as a pandas table."""
    one = question(asked) if isinstance(asked, str) else asked
    months = Decimal(str(at)) if at is not None else one.months[0]
    if months < 0:
        raise PoolingRefused(f"{months} months lie before the start: a time from 0 on is needed.")
    read = studies() if known is None else known
    refuse_time(one, months, read)
    chosen = select(one, months, read, include, exclude)
    inputs = estimates.weighted(chosen.inputs)
    pooled = estimates.pooled(one, inputs) if inputs else None
    certainty = graded(one, months, inputs, chosen, pooled)
    answer = Answer(
        asked=one,
        months=months,
        inputs=inputs,
        left_out=chosen.left_out,
        directions=chosen.directions,
        beside=chosen.beside,
        pooled=pooled,
        why_not=None if pooled else _why_not(chosen),
        leave_one_out=classical.leave_one_out(one, inputs),
        prior_sensitivity=posterior.sensitivity(one, inputs),
        small_studies=small_studies(inputs),
        predictive_prior=predictive_prior(one, inputs),
        certainty=certainty,
        in_words=(),
    )
    return replace(answer, in_words=told(answer_values(answer)))


def _why_not(chosen: Selection) -> str:
    if chosen.directions:
        return said_later("No study gives numbers that were read; only directions are known.")
    if chosen.left_out:
        return said_later("No study's numbers can be used; each is listed with its reason.")
    return said_later("No study measured this at this time.")


__all__ = ["Answer", "Input", "Pooled", "pool"]
