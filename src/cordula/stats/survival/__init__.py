"""Times to an event: how many are free of it, whether arms differ, and what else may come first."""

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
