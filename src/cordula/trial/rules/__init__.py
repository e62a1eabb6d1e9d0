"""The rules that stop a trial, as objects that simulation and monitoring share.

`LookRule` gives the bounds at each look and judges the statistic there. `SafetyRule` gives the number of
events that stops the trial after each child. `Multiplicity` says which endpoints a set of P values finds, and
`Several` which of them are found at each look.
Each has plain numbers in and a plain verdict out, so that a test can show both uses to be one."""

from cordula.trial.rules.looks import LookRule, Reason, Verdicts
from cordula.trial.rules.multiplicity import Multiplicity
from cordula.trial.rules.safety import SafetyRule
from cordula.trial.rules.several import Several

__all__ = ["LookRule", "Multiplicity", "Reason", "SafetyRule", "Several", "Verdicts"]
