"""Times to an event: how many are free of it, whether arms differ, and what else may come first.

Inputs, the same everywhere here unless a function says otherwise:

    time, event: (n,) from entry, 0 or more, in any one unit; 1 seen, 0 censored
    cause, of_cause: (n,), 0 censored, 1, 2, … the kind of event; the one that is tested
    arm, group, treated: (n,), 0 or 1; labels; bool
    strata: (n,) labels: compared within them only
    interval: “plain”, “log” or “log-log”
    variance: “jackknife” or “delta”
    level: of confidence intervals, between 0 and 1
    entry: (n,) calendar times at which participants came in
    event_after, lost_after: (n,) from entry to event and to loss; infinite: never

Source where neither a function nor its module names one: Kalbfleisch & Prentice 2002, The Statistical
Analysis of Failure Time Data."""

from cordula.stats.survival.calendar import Observed as Observed
from cordula.stats.survival.calendar import day_of_event as day_of_event
from cordula.stats.survival.calendar import observed_by as observed_by
from cordula.stats.survival.competing import Incidence as Incidence
from cordula.stats.survival.competing import cumulative_incidence as cumulative_incidence
from cordula.stats.survival.cox import ChiSquared as ChiSquared
from cordula.stats.survival.cox import Cox as Cox
from cordula.stats.survival.cox import cox as cox
from cordula.stats.survival.gray import GrayTest as GrayTest
from cordula.stats.survival.gray import gray_test as gray_test
from cordula.stats.survival.kaplan_meier import KaplanMeier as KaplanMeier
from cordula.stats.survival.kaplan_meier import kaplan_meier as kaplan_meier
from cordula.stats.survival.log_rank import LogRank as LogRank
from cordula.stats.survival.log_rank import log_rank as log_rank
from cordula.stats.survival.log_rank import log_rank_kernel as log_rank_kernel
from cordula.stats.survival.log_rank import log_rank_twin as log_rank_twin
from cordula.stats.survival.rmst import RestrictedMean as RestrictedMean
from cordula.stats.survival.rmst import restricted_mean as restricted_mean
from cordula.stats.survival.rmst import rmst_difference as rmst_difference
