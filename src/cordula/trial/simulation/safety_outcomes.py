"""How did a safety rule perform: how often did it stop, should it have, and how late did it speak?"""

from cordula.trial.simulation.characteristics import Mean, Rate, SafetyOutcome
from cordula.trial.simulation.safety import SafetyTrials
from cordula.trial.simulation.tally import SafetyTally


def simulated_safety(trials: SafetyTrials, tally: SafetyTally, count: float) -> SafetyOutcome:
    """As it stopped simulated trials, and by enumeration beside it."""
    return SafetyOutcome(
        rule=trials.rule.id,
        title=trials.rule.title,
        true_share=trials.share,
        acceptable=float(trials.rule.acceptable),
        false_alarm=not trials.should_stop,
        stopped=Rate.of(tally.stopped, count),
        children=Mean.of(tally.counted),
        months=Mean.of(tally.months),
        exact=trials.exact()[0],
    )


def counted_safety(trials: SafetyTrials) -> SafetyOutcome:
    """By enumeration alone, as if every child were followed before the next one counts."""
    stop, children = trials.exact()
    return SafetyOutcome(
        rule=trials.rule.id,
        title=trials.rule.title,
        true_share=trials.share,
        acceptable=float(trials.rule.acceptable),
        false_alarm=not trials.should_stop,
        stopped=Rate(stop, 0.0),
        children=None if children is None else Mean(children, 0.0, float(trials.rule.children)),
        months=None,
    )
