"""How do a study, an answer and a claim read on paper? Plain text, every number beside its source and its flag."""

from collections.abc import Iterable, Iterator, Sequence

from cordula.evidence.answer import Answer, Estimate, Input
from cordula.evidence.claims import Claim, Saying
from cordula.evidence.study import ArmResult, Result, Study
from cordula.evidence.wording import number, spanned, written
from cordula.evidence.words import in_words, measure


def study_lines(study: Study) -> Iterator[str]:
    yield f"{study.name}  ({study.id})"
    yield f"  {study.title}"
    for label, text in _facts(study):
        yield f"  {label:<12} {text}"
    yield from (f"  Note         {note}" for note in study.notes)
    if study.memory:
        yield f"  Memory       not checked: {', '.join(study.memory)}"
    yield from ("", "  Numbers")
    for result in study.results:
        yield from _result(result)
    if not study.results:
        yield "    none"


def _facts(study: Study) -> Iterator[tuple[str, str]]:
    yield "Design", f"{in_words('designs', study.design)}, phase {study.phase}"
    yield "Who", study.who
    yield "Cells", f"{in_words('cells', study.cells)}, {in_words('origins', study.origin)}"
    yield "Given", f"{in_words('routes', study.route)}, {study.timing}"
    if study.dose is not None:
        flag = in_words("flags", study.dose.flag)
        yield "Dose", f"{study.dose.amount} {study.dose.unit} ({flag})"
    for arm in study.arms.values():
        yield "Arm", f"{arm.words}: {arm.n if arm.n is not None else 'n not stated'}"
    if study.registry:
        yield "Registry", ", ".join(study.registry)
    yield "State", in_words("states", study.state)
    yield "Read", f"{in_words('numbers', study.numbers)} (last looked {study.looked_on})"
    if study.shares_patients_with:
        yield "Same children", f"in part, as {', '.join(study.shares_patients_with)}"


def _result(result: Result) -> Iterator[str]:
    what = measure(result.measure)
    when = f", {result.months:f} months" if result.months is not None else ""
    how = "".join(
        f", {part.replace('_', ' ')}" for part in (result.method, result.subgroup) if part
    )
    yield f"    {what.words}{how}{when}"
    yield from (f"      {one.arm:<10} {arm_text(one, what.unit)}" for one in result.arms)
    if result.between is not None:
        told = result.between
        span = f" ({told.low} to {told.high})" if told.low is not None else ""
        yield f"      {'between':<10} {told.estimate}{span} {what.unit or ''}".rstrip()
    if result.direction is not None:
        yield f"      {in_words('directions', result.direction)}"
    if result.p is not None:
        against = "against baseline" if result.p_compares == "with_baseline" else "between the arms"
        yield f"      P {result.p} {against}"
    if result.note is not None:
        yield f"      {result.note}"
    yield f"      {result.source.citation}; {in_words('flags', result.flag)}"


def arm_text(one: ArmResult, unit: str | None) -> str:
    """“7.8 ± 4.9 percentage points (n 7)”, “0 of 50 children”."""
    if one.events is not None:
        of = f" of {one.n}" if one.n is not None else ""
        return f"{one.events}{of} {unit or ''}".rstrip()
    value = one.mean if one.mean is not None else one.median
    spread = f" ± {one.spread}" if one.spread is not None else ""
    span = f" ({one.low} to {one.high})" if one.low is not None else ""
    n = f" (n {one.n})" if one.n is not None else " (n not stated)"
    return f"{value}{spread}{span} {unit or ''}{n}"


def answer_lines(answer: Answer) -> Iterator[str]:
    asked = answer.asked
    yield asked.words
    yield from (answer.key, "")
    yield from answer.in_words
    if answer.inputs:
        yield from ("", "Pooled" if len(answer.inputs) > 1 else "The study")
        yield from table(_input_rows(answer))
    if answer.pooled is not None:
        yield from ("", "Estimates")
        yield from table(_estimate_rows(answer))
    yield from _heterogeneity(answer)
    if len(answer.prior_sensitivity) > 1:
        yield from ("", "Under other priors of the heterogeneity")
        yield from table(_prior_rows(answer))
    if answer.leave_one_out:
        yield from ("", "Without one study")
        yield from table(_without_rows(answer))
    yield from ("", "Small studies", f"  {answer.small_studies}")
    yield from _certainty(answer)
    if answer.predictive_prior is not None:
        yield from ("", "As a prior", f"  {answer.predictive_prior.words}")
        yield from table(_component_rows(answer))
    if answer.left_out:
        yield from ("", "Left out")
        yield from table([[one.name, one.reason] for one in answer.left_out])


def _input_rows(answer: Answer) -> Iterator[Sequence[str]]:
    for one in answer.inputs:
        own = Estimate(estimate=one.estimate, low=one.low, high=one.high, method="")
        weight = f"{100 * one.weight:.0f}%" if one.weight is not None else ""
        n = str(one.n) if one.n is not None else "?"
        yield one.name, one.design_words, f"n {n}", number(answer.asked, own), weight, _source(one)


def _source(one: Input) -> str:
    """A number somebody can look up; a long address is named instead, `show` prints it."""
    return one.source_label if one.source.startswith("http") else one.source


def _estimate_rows(answer: Answer) -> Iterator[Sequence[str]]:
    found = answer.pooled
    seen: set[int] = set()
    for kind in ("main", "fixed", "random", "bayes", "prediction", "bias_adjusted"):
        one = getattr(found, kind)
        if one is not None and id(one) not in seen:
            seen.add(id(one))
            yield written(answer.asked, one.estimate), spanned(answer.asked, one), one.method


def _heterogeneity(answer: Answer) -> Iterator[str]:
    found = answer.pooled.heterogeneity if answer.pooled else None
    if found is None:
        return
    limits = (
        f" ({found.tau_low:.3g} to {found.tau_high:.3g})"
        if found.tau_low is not None and found.tau_high is not None
        else ""
    )
    i2 = f", I² {found.i2:.0f}%" if found.i2 is not None else ""
    yield from ("", f"Heterogeneity: τ {found.tau:.3g}{limits}{i2}; {found.method}")


def _prior_rows(answer: Answer) -> Iterator[Sequence[str]]:
    for row in answer.prior_sensitivity:
        if row.estimate is None or row.low is None or row.high is None:
            yield row.prior, row.reason or ""
            continue
        own = Estimate(estimate=row.estimate, low=row.low, high=row.high, method="")
        yield row.prior, number(answer.asked, own), "main" if row.main else ""


def _without_rows(answer: Answer) -> Iterator[Sequence[str]]:
    for row in answer.leave_one_out:
        if row.estimate is None or row.low is None or row.high is None:
            yield f"without {row.name}", row.reason or ""
            continue
        own = Estimate(estimate=row.estimate, low=row.low, high=row.high, method="")
        yield f"without {row.name}", number(answer.asked, own)


def _component_rows(answer: Answer) -> Iterator[Sequence[str]]:
    prior = answer.predictive_prior
    if prior is None:
        return
    for one in prior.robust:
        named = "a {:.4g}, b {:.4g}" if prior.kind == "beta" else "mean {:.4g}, SD {:.4g}"
        yield f"{one.weight:.3f}", f"{prior.kind}, {named.format(one.first, one.second)}"
    if prior.ess is not None and prior.ess_robust is not None:
        yield (
            "worth",
            f"{prior.ess_robust:.1f} children ({prior.ess:.1f} before it was made robust)",
        )


def _certainty(answer: Answer) -> Iterator[str]:
    found = answer.certainty
    level = found.level.replace("_", " ")
    yield from (
        "",
        f"Certainty: {level} (it began {found.begins.replace('_', ' ')}). {found.words}",
    )
    yield from (f"  −{one.steps}  {one.because}" for one in found.reasons)
    if found.judgement is not None:
        signed = found.judgement
        yield f"  Judged by {signed.who}, {signed.when}: {signed.why}"


def claim_lines(claim: Claim) -> Iterator[str]:
    yield f"“{claim.words}”"
    yield f"  {claim.verdict_words}. {claim.short}"
    for label, sayings in (("For", claim.said_for), ("Against", claim.said_against)):
        yield f"  {label}"
        yield from (f"    {_said(one)}" for one in sayings)
    yield "  Nobody has shown"
    yield from (f"    {one}" for one in claim.missing)
    yield f"  What would change it: {claim.would_change}"


def _said(one: Saying) -> str:
    return f"{one.name}: {one.says}"


def table(rows: Iterable[Sequence[str]]) -> list[str]:
    """Columns in line, two spaces apart, indented."""
    known = [list(row) for row in rows]
    width = max((len(row) for row in known), default=0)
    full = [row + [""] * (width - len(row)) for row in known]
    sizes = [max(len(row[at]) for row in full) for at in range(width)]
    return [
        "  " + "  ".join(c.ljust(s) for c, s in zip(row, sizes, strict=True)).rstrip()
        for row in full
    ]
